using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Who names a server that is not there is told which one.</summary>
public sealed class UnreachableTests
{
    // Nobody listens there without being root.
    private const string Nobody = "Host=127.0.0.1;Port=1;Timeout=5";

    [Theory]
    [InlineData("", "PostgreSQL's database of this user at 127.0.0.1:1")]
    [InlineData(";Username=ana", "PostgreSQL database 'ana' at 127.0.0.1:1")]
    [InlineData(";Username=ana;Database=cases", "PostgreSQL database 'cases' at 127.0.0.1:1")]
    public async Task A_server_that_is_not_there_is_named(string rest, string named)
    {
        var options = new PostgresJournalOptions { Connection = Nobody + rest };
        var error = await Assert.ThrowsAsync<JournalUnusableException>(() => PostgresJournal.Open(options, TimeProvider.System));
        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
    }
}
