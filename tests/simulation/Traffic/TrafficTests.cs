using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.Tests.Traffic;

public sealed class TrafficTests
{
    private static readonly DateTimeOffset Ten = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

    private static readonly List<TrafficEvent> ThreeHours = Take(Settings(42), TimeSpan.FromHours(3));

    private static readonly List<TrafficEvent.Writes> Writes = [.. ThreeHours.OfType<TrafficEvent.Writes>()];

    private static readonly List<IncomingMessage> Openings = [.. Writes.Where(writes => writes.Opening).Select(writes => writes.Message)];

    [Fact]
    public void Same_seed_same_events_to_the_letter()
    {
        var first = Take(Settings(7), TimeSpan.FromHours(1)).Select(Text).ToList();
        var again = Take(Settings(7), TimeSpan.FromHours(1)).Select(Text).ToList();
        Assert.NotEmpty(first);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Enumerating_again_begins_again()
    {
        var events = TrafficGenerator.Events(Settings(7));
        Assert.Equal(events.Take(500).Select(Text).ToList(), events.Take(500).Select(Text).ToList());
    }

    [Fact]
    public void Another_seed_other_events() =>
        Assert.NotEqual(Take(Settings(7), TimeSpan.FromMinutes(20)).Select(Text), Take(Settings(8), TimeSpan.FromMinutes(20)).Select(Text));

    [Fact]
    public void Events_come_in_the_order_of_time_and_none_before_the_start()
    {
        Assert.All(ThreeHours, what => Assert.True(what.At >= Ten));
        Assert.Equal(ThreeHours.OrderBy(what => what.At), ThreeHours);
    }

    [Fact]
    public void Message_ids_are_unique() => Assert.Equal(Writes.Count, Writes.Select(writes => writes.Message.MessageId).Distinct().Count());

    [Theory]
    [InlineData("question", 0.38, 0.56)]
    [InlineData("complaint", 0.22, 0.42)] // more than its share, by the crises
    [InlineData("praise", 0.06, 0.14)]
    [InlineData("sale", 0.08, 0.18)]
    public void Purposes_are_mixed(string purpose, double from, double to) =>
        Assert.InRange(Openings.Count(message => message.Purpose == purpose) / (double)Openings.Count, from, to);

    [Fact]
    public void A_quarter_or_so_write_in_English_and_the_others_in_Spanish()
    {
        Assert.All(Openings, message => Assert.Contains(message.Language, (string[])["es", "en"]));
        Assert.InRange(Openings.Count(message => message.Language == "en") / (double)Openings.Count, 0.2, 0.36);
    }

    [Fact]
    public void Every_channel_is_used_and_everyone_writes_to_an_account_of_their_language()
    {
        Assert.Equal(["chat", "comment", "dm", "email", "mention", "whatsapp"], Openings.Select(message => message.Channel).Distinct().Order());
        Assert.All(Writes, writes =>
        {
            var account = Assert.Single(Brand.Accounts, account => account.Id == writes.Message.Account);
            Assert.Equal((account.Channel, account.Language, account.Surface), (writes.Message.Channel, writes.Message.Language, writes.Message.Surface));
        });
    }

    [Fact]
    public void Texts_are_complete_and_varied()
    {
        Assert.All(Writes, writes =>
        {
            Assert.False(string.IsNullOrWhiteSpace(writes.Message.Text));
            Assert.DoesNotContain('{', writes.Message.Text);
        });
        Assert.True(Openings.Select(message => message.Text).Distinct().Count() > Openings.Count / 2);
    }

    [Fact]
    public void Reach_has_a_heavy_tail_in_public_and_is_unknown_in_private()
    {
        var reach = Openings.Where(message => message.Surface == Surface.Public).Select(message => message.Reach).Order().ToList();
        Assert.InRange(reach[reach.Count / 2], 100, 600);
        Assert.True(reach[^1] > 20_000);
        Assert.All(Openings.Where(message => message.Surface == Surface.Private), message => Assert.Equal(0, message.Reach));
    }

    [Fact]
    public void People_write_again_and_conversations_have_several_messages()
    {
        Assert.Contains(Openings.GroupBy(message => message.Author), author => author.Count() > 1);
        Assert.True(Writes.Count > Openings.Count * 1.3);
        Assert.Contains(ThreeHours, what => what is TrafficEvent.Leaves);
    }

    [Fact]
    public void Who_comes_back_was_away_for_a_while()
    {
        var returns =
            from writes in Writes
            where writes.Opening
            group writes.At by writes.Message.Author into author
            from pair in author.Zip(author.Skip(1))
            select pair.Second - pair.First;
        Assert.All(returns, away => Assert.True(away > TimeSpan.FromMinutes(10), $"back after {away}"));
    }

    [Fact]
    public void In_a_crisis_there_is_more_and_most_of_it_complains()
    {
        var windows = Writes.Where(writes => writes.Opening).GroupBy(writes => (int)((writes.At - Ten) / TimeSpan.FromMinutes(3))).OrderByDescending(window => window.Count()).ToList();
        var (busiest, usual) = (windows[0], windows[windows.Count / 2]);
        Assert.True(busiest.Count() > usual.Count() * 1.5);
        Assert.True(busiest.Count(writes => writes.Message.Purpose == "complaint") > busiest.Count() / 2);
    }

    [Fact]
    public void Nights_are_quiet()
    {
        var day = Take(Settings(3), TimeSpan.FromHours(24)).OfType<TrafficEvent.Writes>().Where(writes => writes.Opening).ToList();
        Assert.True(day.Count(writes => writes.At.Hour == 3) * 4 < day.Count(writes => writes.At.Hour == 11));
    }

    [Fact]
    public void No_rate_no_traffic() => Assert.Empty(TrafficGenerator.Events(Settings(1) with { PerMinute = 0 }));

    private static TrafficSettings Settings(int seed) => new() { Start = Ten, Seed = seed };

    private static List<TrafficEvent> Take(TrafficSettings settings, TimeSpan length) =>
        [.. TrafficGenerator.Events(settings).TakeWhile(what => what.At < settings.Start + length)];

    private static string Text(TrafficEvent what) => what switch
    {
        TrafficEvent.Writes writes => $"{writes.At:O} {writes.Opening} {writes.Message.MessageId} {writes.Message.Author} {writes.Message.Thread} {writes.Message.Reach} {writes.Message.Text}",
        TrafficEvent.Leaves leaves => $"{leaves.At:O} {leaves.Opening.MessageId}",
        _ => throw new InvalidOperationException($"{what.GetType().Name} is new here."),
    };
}
