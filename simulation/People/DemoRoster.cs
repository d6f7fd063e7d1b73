using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.People;

/// <summary>Who works at Alisio: any number of people, of whom every ten have the same mix of teams.</summary>
internal static class DemoRoster
{
    private enum Team { Care, Support, Complaints, Sales, English }

    private static readonly Team[] Teams =
    [
        Team.Care, Team.Complaints, Team.English, Team.Support, Team.Care, Team.Sales, Team.Complaints, Team.Care, Team.English, Team.Support,
    ];

    private static readonly string[] Names =
    [
        "Ana Suárez", "Bruno Acosta", "Claire Dunne", "David Marrero", "Eva Santana", "Fabián Ruiz", "Gloria Peña", "Héctor Rivas", "Isla Murray", "Jaime Ojeda",
        "Karla Mena", "Luis Quintana", "Maeve Collins", "Nora Betancor", "Omar Díaz", "Pilar Cano", "Quique Valle", "Rosa Armas", "Sean Foley", "Teresa Gil",
        "Unai Zabala", "Vera Campos", "Will Porter", "Ximena Rojas", "Yeray Alonso", "Zoe Lang", "Alba Cruz", "Borja Nieto", "Cora Hayes", "Dácil Lorenzo",
        "Elías Mora", "Fátima Reyes", "Gavin Moss", "Helena Duarte", "Íñigo Sáez", "Julia Falcón", "Kilian Torres", "Lola Vega", "Megan Shaw", "Nicolás Brito",
    ];

    public static ImmutableArray<AgentSettings> Of(int count) => [.. Enumerable.Range(0, count).Select(Agent)];

    private static AgentSettings Agent(int index)
    {
        var name = Names[index % Names.Length];
        var round = index / Names.Length;
        var id = Id(name);
        var team = Teams[index % Teams.Length];
        return new AgentSettings
        {
            Id = round == 0 ? id : $"{id}.{round + 1}",
            Name = round == 0 ? name : $"{name} {round + 1}",
            Queues = QueuesOf(team, index),
            Skills = SkillsOf(team, index),
            Languages = LanguagesOf(team, index),
            Capacity = 3 + index % 3,
        };
    }

    // A second queue for every other person is what keeps one queue from burning while the next one idles.
    private static ImmutableArray<string> QueuesOf(Team team, int index) => (team, index / Teams.Length % 2) switch
    {
        (Team.Care, 0) => [DemoQueues.Care],
        (Team.Care, _) => [DemoQueues.Care, DemoQueues.Sales],
        (Team.Support, 0) => [DemoQueues.Support],
        (Team.Support, _) => [DemoQueues.Support, DemoQueues.Care],
        (Team.Complaints, 0) => [DemoQueues.Complaints],
        (Team.Complaints, _) => [DemoQueues.Complaints, DemoQueues.Care],
        (Team.Sales, _) => [DemoQueues.Sales, DemoQueues.Care],
        (_, 0) => [DemoQueues.English],
        _ => [DemoQueues.English, DemoQueues.Complaints, DemoQueues.Sales],
    };

    private static ImmutableDictionary<string, int> SkillsOf(Team team, int index)
    {
        // Everybody's own level, 3 to 5, without two neighbours being alike.
        var own = 3 + index * 7 / 10 % 3;
        var skills = ImmutableDictionary<string, int>.Empty;
        return team switch
        {
            Team.Support => skills.Add(DemoSkills.Technical, own),
            Team.Complaints => skills.Add(DemoSkills.Complaints, own),
            Team.Sales => skills.Add(DemoSkills.Sales, own),
            Team.English => skills.Add(DemoSkills.Complaints, own - 1).Add(DemoSkills.Sales, 2),
            _ => skills.Add(DemoSkills.Technical, 1).Add(DemoSkills.Sales, index % 2 + 1),
        };
    }

    private static ImmutableArray<string> LanguagesOf(Team team, int index) => team switch
    {
        Team.English => index % 3 == 0 ? ["en", "es"] : ["en"],
        Team.Complaints or Team.Sales => index % 2 == 1 ? ["es", "en"] : ["es"],
        _ => index / 2 % 3 == 0 ? ["es", "en"] : ["es"],
    };

    /// <summary>As people write it in an address: <c>Íñigo Sáez</c> → <c>inigo.saez</c>.</summary>
    private static string Id(string name) => string.Concat(name.ToLowerInvariant().Select(letter => letter switch
    {
        ' ' => '.',
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        'ñ' => 'n',
        _ => letter,
    }));
}
