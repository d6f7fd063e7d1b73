using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Memory;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>Whatever is typed means something.</summary>
public sealed class TextQueryTests
{
    [Theory]
    [InlineData("Factura  tarjeta", "factura+tarjeta")]
    [InlineData("\"no llegó\" -reembolso", "no llego+!reembolso")]
    [InlineData("factur* -\"a b\"*", "factur*+!a b*")]
    [InlineData("a@b.example e-mail", "a b example+e mail")]
    [InlineData("\"open", "open")]
    [InlineData("a\"b c\"d", "a+b c+d")]
    [InlineData("- -- \"\" * \"*\" !!", "")]
    [InlineData("Straße CAFÉ cafe\u0301", "strasse+cafe+cafe")]
    public void It_is_read_as_people_mean_it(string typed, string expected)
    {
        var query = TextQuery.Parse(typed);
        Assert.Equal(expected, string.Join('+', query.Required.Select(Plain).Concat(query.Excluded.Select(phrase => "!" + Plain(phrase)))));
    }

    [Fact]
    public void Nothing_that_is_typed_is_an_error() => Prop.ForAll((string? typed, string? name) =>
    {
        var query = TextQuery.Parse(typed ?? "");
        Assert.All(query.Required.Concat(query.Excluded).SelectMany(phrase => phrase.Words), word => Assert.All(word.EnumerateRunes(), rune => Assert.True(System.Text.Rune.IsLetterOrDigit(rune))));
        var page = History.Value.Find(Given.Workspace, new CaseSearch { Text = typed, User = name }, null, 5, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        Assert.InRange(page.Items.Length, 0, 5);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Words_are_read_back_from_a_phrase_of_them() => Prop.ForAll((string? text) =>
    {
        var words = Words.In(text ?? "");
        var query = TextQuery.Parse($"\"{string.Join(' ', words)}\"");
        Assert.Equal(words, query.Required.SelectMany(phrase => phrase.Words));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static readonly Lazy<JournalHistory> History = new(() =>
    {
        var journal = new MemoryJournal();
        new RandomHistory(1).Go(journal, 200).GetAwaiter().GetResult();
        return JournalHistory.InMemory(journal, TimeProvider.System);
    });

    private static string Plain(Phrase phrase) => string.Join(' ', phrase.Words) + (phrase.IsPrefix ? "*" : "");
}
