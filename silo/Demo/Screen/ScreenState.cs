namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>Everything that one picture of the screen shows.</summary>
/// <param name="Board">Null until the first one has come.</param>
/// <param name="Now">In the demo's time.</param>
/// <param name="Elapsed">Of the wall's time.</param>
/// <param name="Until">How long it goes on; null: until it is ended.</param>
internal sealed record ScreenState(
    Board? Board, bool Live, DateTimeOffset Now, double Speed, TimeSpan Elapsed, TimeSpan? Until, PeopleNumbers People, string PageAddress, string? Ending);

/// <summary>What the traffic and the people have done so far.</summary>
internal sealed record PeopleNumbers(
    long Messages, long Cases, long Replies, long Closed, long Accepted, long Declined, long RangOut, long ConnectionsLost, long Failures);
