using System.Text;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.Personal;

/// <summary>After an erasure the bytes of the store's files have neither the key nor what it sealed.</summary>
public sealed class ForgottenFileTests : SqliteTest
{
    [Fact]
    public async Task No_byte_of_an_erased_customer_is_in_any_file_while_the_journal_is_open()
    {
        await using var journal = await Open();
        var lives = new Lives(journal);
        for (var number = 1; number <= 20; number++)
        {
            await lives.Live(Lives.Customer, number);
            await lives.Live($"chat:neighbour{number}", 1);
        }
        var key = KeyBytes();
        Assert.True(Holds(Encoding.UTF8.GetBytes(Lives.Author)) && Holds(key));
        Assert.IsType<AppendResult.Committed>(await journal.Append(await lives.Erasing(Lives.Customer)));
        Assert.False(Holds(key));
        Assert.False(Holds(Encoding.UTF8.GetBytes(Lives.Author)));
    }

    [Fact]
    public async Task Nothing_that_only_the_erased_customer_said_is_in_any_file()
    {
        await using (var journal = await Open())
        {
            var lives = new Lives(journal);
            await lives.Live(Lives.Customer, 1);
            await lives.Live(Lives.Customer, 2);
            Assert.IsType<AppendResult.Committed>(await journal.Append(await lives.Erasing(Lives.Customer)));
            AssertGone();
        }
        AssertGone();
    }

    [Fact]
    public async Task What_an_older_version_wrote_is_erased_too()
    {
        await using (var journal = await Open()) await new Lives(journal).Live(Lives.Customer, 1);
        OldFile.Make(FilePath);
        await using (var again = await Open())
        {
            Assert.IsType<AppendResult.Committed>(await again.Append(await new Lives(again).Erasing(Lives.Customer)));
            Assert.Empty(await again.Inspect().ToListAsync());
        }
        using (var database = new Database(FilePath)) database.Execute("VACUUM");
        AssertGone();
    }

    private void AssertGone()
    {
        foreach (var text in Lives.Personal) Assert.False(Holds(Encoding.UTF8.GetBytes(text)), $"'{text}' is still in a file.");
    }

    private byte[] KeyBytes()
    {
        using var database = new Database(FilePath);
        using var keys = database.Prepare("SELECT k.key FROM personal_key k JOIN stream s ON s.id = k.customer WHERE s.key = ?");
        keys.Bind(1, Lives.Customer);
        Assert.True(keys.Step());
        return keys.Bytes(0).ToArray();
    }

    private bool Holds(byte[] bytes) => Directory.EnumerateFiles(Path.GetDirectoryName(FilePath)!, "journal.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    });
}
