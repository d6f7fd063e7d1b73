using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Rules;

namespace RoutingGrid.Routing.Tests.Configuration;

/// <summary>Queues that overflow into queues that overflow.</summary>
public sealed class OverflowTests
{
    private static readonly DateTimeOffset Night = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("sales", "mails,chats")]
    [InlineData("mails", "chats")]
    [InlineData("chats", "")]
    [InlineData("unknown", "")]
    public void Overflows_are_named_nearest_first(string queue, string expected) => Assert.Equal(expected, string.Join(',', Center(chatsOpen: true).Overflows(queue)));

    [Theory]
    [InlineData(true, "chats")]
    [InlineData(false, "chats")]
    public void A_case_that_comes_outside_hours_goes_where_the_last_overflow_leads(bool chatsOpen, string expected) =>
        Assert.Equal(expected, Center(chatsOpen).Place(Message(), Night).Queue);

    [Fact]
    public void Within_hours_nothing_overflows() => Assert.Equal("sales", Center(chatsOpen: true).Place(Message(), Night.AddHours(7)).Queue);

    private static CompiledConfiguration Center(bool chatsOpen) => new(1, new WorkspaceConfiguration
    {
        Calendars = [new CalendarSettings { Name = "office", Week = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("monday", ["09:00-17:00"]) }],
        Queues = [Closing("sales", "mails"), Closing("mails", "chats"), new QueueSettings { Name = "chats", Calendar = chatsOpen ? null : "office" }],
        DefaultQueue = "sales",
    });

    private static QueueSettings Closing(string name, string overflow) =>
        new() { Name = name, Calendar = "office", OutsideHours = OutsideHours.Overflow, OverflowQueue = overflow };

    private static MessageFacts Message() => new() { Channel = "chat", Account = "brand", Text = "hola" };
}
