using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Cases;

/// <summary>A channel's message id is claimed once and for all, with the case that has it and a mark of its content.</summary>
internal static class MessageClaim
{
    private const string NoMark = "0000000000000000";

    public static Claim Of(string workspace, string caseId, IncomingMessage message) =>
        new(KeyOf(workspace, message.Channel, message.Account, message.MessageId), $"{caseId} {MarkOf(message):x16}");

    /// <summary>What is left of a claim when the customer is erased: a message that is delivered late is one of the case's, whatever it says.</summary>
    public static Claim Forgotten(string workspace, string caseId, CaseState state, MessageReceived message) =>
        new(KeyOf(workspace, state.Channel, state.Account, message.MessageId), $"{caseId} {NoMark}");

    /// <summary>The case that has the message; null where the id was used for something else.</summary>
    public static string? CaseIfSame(Claim claim, string claimedBy)
    {
        var mark = claimedBy.AsSpan()[^NoMark.Length..];
        return mark.SequenceEqual(NoMark) || mark.SequenceEqual(claim.Value.AsSpan()[^NoMark.Length..]) ? claimedBy[..claimedBy.IndexOf(' ')] : null;
    }

    private static string KeyOf(string workspace, string channel, string account, string messageId) => $"message/{workspace}/{channel}/{account}/{messageId}";

    // FNV-1a in 64 bits: a mark to tell a retry from a mistake, not a defence.
    private static ulong MarkOf(IncomingMessage message)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in message.Author) hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ 0) * 1099511628211UL;
        foreach (var c in message.Text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
