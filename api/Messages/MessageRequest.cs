using System.Collections.Immutable;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Messages;

/// <summary>A message as a channel delivers it.</summary>
/// <param name="MessageId">The network's id of the message, unique in its channel and account. The same again changes nothing.</param>
/// <param name="Account">The brand's account that the customer wrote to.</param>
/// <param name="Author">The network's id of the author.</param>
/// <param name="Thread">The network's conversation; absent: the author's private conversation with the account.</param>
/// <param name="Reach">How many people follow the author.</param>
/// <param name="Attributes">Whatever else rules may decide on, as <c>attributes.NAME</c>.</param>
internal sealed record MessageRequest(
    string MessageId,
    string Channel,
    string Account,
    string Author,
    string Text,
    string? AuthorName = null,
    string? Thread = null,
    DateTimeOffset? SentAt = null,
    Surface Surface = Surface.Private,
    string? Language = null,
    string? Audience = null,
    string? Purpose = null,
    int Reach = 0,
    ImmutableDictionary<string, string?>? Attributes = null) : IChecked
{
    private const int MostAttributes = 50;

    public void Check(Checks checks)
    {
        checks.Id("messageId", MessageId);
        checks.PlainId("channel", Channel);
        checks.Id("account", Account);
        checks.Id("author", Author);
        checks.Text("text", Text, mayBeEmpty: true);
        checks.Text("authorName", AuthorName, longest: 400);
        checks.Id("thread", Thread);
        checks.Id("language", Language);
        checks.Id("audience", Audience);
        checks.Id("purpose", Purpose);
        checks.Range("reach", Reach, 0, int.MaxValue);
        if (Attributes is null) return;
        if (Attributes.Count > MostAttributes) checks.Fail("attributes", "tooMany", $"has {Attributes.Count} members; at most {MostAttributes} are taken.");
        foreach (var (name, value) in Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Take(MostAttributes))
        {
            checks.Id("attributes." + name, name);
            if (value is null) checks.Fail("attributes." + name, "null", "must be a text.");
            checks.Text("attributes." + name, value, longest: 4000, mayBeEmpty: true);
        }
    }

    public IncomingMessage ToMessage() => new()
    {
        MessageId = MessageId, Channel = Channel, Account = Account, Author = Author, AuthorName = AuthorName, Thread = Thread, Text = Text,
        SentAt = SentAt, Surface = Surface, Language = Language, Audience = Audience, Purpose = Purpose, Reach = Reach,
        Attributes = Attributes?.ToImmutableDictionary(a => a.Key, a => a.Value!) ?? ImmutableDictionary<string, string>.Empty,
    };
}

/// <summary>What became of a message; it is durable.</summary>
/// <param name="Opened">It opened the case.</param>
/// <param name="Duplicate">It had been received before; nothing was changed.</param>
/// <param name="Version">The case's version with the message in it.</param>
internal sealed record MessageReceipt(string CaseId, bool Opened, bool Duplicate, long Version);
