using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.Tests.Traffic;

public sealed class PhraseTests
{
    /// <summary>Nobody speaks of what one language has no words for.</summary>
    [Fact]
    public void Both_languages_speak_of_the_same_things()
    {
        Assert.Equal(SpanishPhrases.Book.Bodies.Keys.Order(), EnglishPhrases.Book.Bodies.Keys.Order());
        Assert.Equal(SpanishPhrases.Book.Crisis.Keys.Order(), EnglishPhrases.Book.Crisis.Keys.Order());
        Assert.Equal(SpanishPhrases.Book.Tails.Keys.Order(), EnglishPhrases.Book.Tails.Keys.Order());
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Every_word_in_braces_is_known(string language)
    {
        var book = PhraseBook.Of(language);
        var slots = new Slots(new Random(1), language, null);
        var all = book.Bodies.Values.Concat(book.Crisis.Values).SelectMany(texts => texts).Concat(book.Details).Concat(book.Nudges);
        Assert.All(all, text => Assert.DoesNotContain('{', slots.Fill(text)));
    }

    [Fact]
    public void A_conversation_is_about_one_flight()
    {
        var slots = new Slots(new Random(1), "es", null);
        Assert.Equal(slots.Fill("{flight} {city} {to} {code}"), slots.Fill("{flight} {city} {to} {code}"));
        Assert.NotEqual(slots.Fill("{city}"), slots.Fill("{to}"));
    }
}
