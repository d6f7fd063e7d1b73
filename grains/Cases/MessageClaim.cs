using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;

namespace RoutingGrid.Grains.Cases;

/// <summary>A channel's message id is claimed once and for all, with the case that has it and a mark of its content.</summary>
internal static class MessageClaim
{
    public static string KeyOf(string workspace, IncomingMessage message) => $"message/{workspace}/{message.Channel}/{message.Account}/{message.MessageId}";

    public static Claim Of(string workspace, string caseId, IncomingMessage message) => new(KeyOf(workspace, message), $"{caseId} {MarkOf(message):x16}");

    /// <summary>The case that has the message; null where the id was used for something else.</summary>
    public static string? CaseIfSame(Claim claim, string claimedBy)
    {
        return claim.Value.AsSpan()[^16..].SequenceEqual(claimedBy.AsSpan()[^16..]) ? claimedBy[..claimedBy.IndexOf(' ')] : null;
    }

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
