namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>Everybody who comes, drawn before the day begins.</summary>
internal static class Arrivals
{
    /// <summary>In the order of arrival.</summary>
    public static List<Contact> Of(Scenario scenario, ulong seed)
    {
        var contacts = new List<Contact>();
        for (var i = 0; i < scenario.Types.Length; i++) Add(contacts, scenario, i, seed);
        contacts.Sort((a, b) => (a.Arrival, a.TypeIndex, a.Index).CompareTo((b.Arrival, b.TypeIndex, b.Index)));
        return contacts;
    }

    private static void Add(List<Contact> contacts, Scenario scenario, int typeIndex, ulong seed)
    {
        var type = scenario.Types[typeIndex];
        var key = DrawStream.Key(type.Name);
        var times = type.Arrivals switch
        {
            ArrivalProcess.Poisson poisson => PoissonTimes(poisson, scenario, key, seed),
            ArrivalProcess.Recorded recorded => recorded.Times,
            _ => throw new ArgumentException($"{type.Arrivals} has no times.", nameof(scenario)),
        };
        int index = 0, period = 0;
        foreach (var time in times)
        {
            while (period < scenario.Periods.Length - 1 && time >= scenario.Periods[period].To) period++;
            var service = Draw(type.Service[period], new DrawStream(seed, key, index, DrawFor.Service));
            TimeSpan? patience = type.Patience is { } patiences ? Draw(patiences[period], new DrawStream(seed, key, index, DrawFor.Patience)) : null;
            contacts.Add(new Contact(type, typeIndex, index++, time, service, patience));
        }
    }

    /// <summary>A process of rate 1, seen on a clock that runs at the rate of each period: so the same draws are the same
    /// contacts, earlier or later, when a rate changes.</summary>
    private static IEnumerable<TimeSpan> PoissonTimes(ArrivalProcess.Poisson poisson, Scenario scenario, ulong key, ulong seed)
    {
        var factor = 1.0;
        if (poisson.DayFactor is { } dayFactor)
        {
            var draws = new DrawStream(seed, key, 0, DrawFor.DayFactor);
            factor = dayFactor.Draw(ref draws);
        }
        double passed = 0, next = Step(0);
        var index = 0;
        for (var i = 0; i < scenario.Periods.Length; i++)
        {
            var (from, to) = scenario.Periods[i];
            var perTick = poisson.PerHour[i] * factor / TimeSpan.TicksPerHour;
            var whole = perTick * (to - from).Ticks;
            while (next < passed + whole)
            {
                var time = from + TimeSpan.FromTicks((long)((next - passed) / perTick));
                if (time < to) yield return time;
                next += Step(++index);
            }
            passed += whole;
        }

        double Step(int i) => new DrawStream(seed, key, i, DrawFor.Arrival).Exponential();
    }

    internal static TimeSpan Draw(Distribution distribution, DrawStream draws) => TimeSpan.FromSeconds(distribution.Draw(ref draws));
}
