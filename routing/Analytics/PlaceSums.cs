namespace RoutingGrid.Routing.Analytics;

/// <summary>The sums over the places i = 1, …, m of a line of 1/(c + i·θ) and of i/(c + i·θ).</summary>
internal static class PlaceSums
{
    /// <summary>Until here term by term. Longer lines are of great overload only, where the shorter way loses no digits.</summary>
    private const long TermByTerm = 1_000_000;

    public static (ExactSum Steps, ExactSum Areas) Until(long places, double completions, double hangUps)
    {
        var (steps, areas) = (new ExactSum(), new ExactSum());
        if (hangUps == 0)
        {
            steps.Add(places / completions);
            areas.Add(places * (places + 1d) / 2 / completions);
            return (steps, areas);
        }
        for (var i = 1L; i <= Math.Min(places, TermByTerm); i++)
        {
            steps.Add(1 / (completions + i * hangUps));
            areas.Add(i / (completions + i * hangUps));
        }
        if (places <= TermByTerm) return (steps, areas);
        steps.Add(Rest(completions + TermByTerm * hangUps, places - TermByTerm, hangUps));
        areas = new ExactSum();
        areas.Add((places - completions * steps.Value) / hangUps); // i/(c + i·θ) = (1 − c/(c + i·θ))/θ
        return (steps, areas);
    }

    /// <summary>The sum of 1/(start + i·θ), i = 1, …, count, by Euler and Maclaurin: so far out the next term is below 1e-13 of the sum.</summary>
    private static double Rest(double start, long count, double hangUps)
    {
        var end = start + count * hangUps;
        return Precise.LogP1(count * hangUps / start) / hangUps + (1 / end - 1 / start) / 2;
    }
}
