using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Agents: what they serve, know and can carry.</summary>
internal static class AgentChecks
{
    private const int LongestTag = 35;

    public static void Validate(WorkspaceConfiguration configuration, KnownNames names, ErrorList errors)
    {
        errors.UniqueIds("agents", "id", configuration.Agents, a => a.Id, Limits.Agents);
        foreach (var (path, agent) in ErrorList.Each("agents", configuration.Agents))
        {
            errors.Length($"{path}.name", agent.Name, Limits.Name);
            errors.AllKnown($"{path}.queues", agent.Queues, names.Queues, Codes.UnknownQueue, "queue", Limits.Queues);
            errors.Levels($"{path}.skills", agent.Skills, names);
            ValidateLanguages($"{path}.languages", agent, errors);
            errors.AllKnown($"{path}.accounts", agent.Accounts, names.Accounts, Codes.UnknownAccount, "account", Limits.Accounts);
            foreach (var (channel, cases) in errors.Entries($"{path}.channels", agent.Channels, Limits.Channels))
            {
                errors.Known($"{path}.channels.{channel}", channel, names.Channels, Codes.UnknownChannel, "channel");
                errors.Range($"{path}.channels.{channel}", cases, 0, Limits.Capacity);
            }
            errors.Range($"{path}.capacity", agent.Capacity, 0, Limits.Capacity);
        }
    }

    private static void ValidateLanguages(string path, AgentSettings agent, ErrorList errors)
    {
        errors.UniqueTexts(path, agent.Languages, Limits.Values);
        foreach (var (at, language) in ErrorList.Each(path, agent.Languages))
            if (language.Length > LongestTag || language.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
                errors.Add(at, Codes.BadLanguage, $"\"{language}\" is not a language tag; write it like es, en or pt-BR.");
    }
}
