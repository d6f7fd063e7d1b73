namespace RoutingGrid.Routing.Analytics;

/// <summary>Functions near 0, where the plain ones lose their digits (Kahan's method; double.ExpM1 and double.LogP1 are the plain ones).</summary>
internal static class Precise
{
    /// <summary>e^x − 1.</summary>
    public static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1) return x;
        return u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x).</summary>
    public static double LogP1(double x)
    {
        var u = 1 + x;
        return u == 1 || double.IsInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }
}

/// <summary>A sum of many numbers that is as exact as its parts (Neumaier 1974).</summary>
internal struct ExactSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => _sum + _lost;

    public void Add(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }
}
