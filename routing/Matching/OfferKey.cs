using System.Text;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>What an agent offers, whatever the order in which it is written. Equal for agents who may stand for each other.</summary>
internal readonly record struct OfferKey
{
    private readonly string _text;

    public OfferKey(AgentSettings profile)
    {
        var text = new StringBuilder();
        Add(text, profile.Queues);
        Add(text, profile.Skills.Select(s => $"{s.Key}={s.Value}"));
        Add(text, profile.Languages);
        Add(text, profile.Accounts);
        Add(text, profile.Channels.Select(c => $"{c.Key}={c.Value}"));
        _text = text.Append(profile.Capacity).ToString();
    }

    /// <summary>Lengths go first, so that no name can look like two.</summary>
    private static void Add(StringBuilder text, IEnumerable<string> names)
    {
        foreach (var name in names.Distinct().Order(StringComparer.Ordinal)) text.Append(name.Length).Append(':').Append(name);
        text.Append(';');
    }
}
