namespace RoutingGrid.Routing.Tests.Analytics;

internal static class Close
{
    /// <summary>Equal but for so much, in absolute terms up to 1 and relative to the expected number above.</summary>
    public static void To(double expected, double actual, double tolerance = 1e-10)
    {
        var error = Math.Abs(expected - actual) / Math.Max(1, Math.Abs(expected));
        Assert.True(error <= tolerance, $"expected {expected:R}, got {actual:R}: off by {error:G3}");
    }

    /// <summary>Equal but for so much of the expected number, however small it is.</summary>
    public static void Relatively(double expected, double actual, double tolerance = 1e-10)
    {
        var error = Math.Abs(expected - actual) / Math.Max(double.Epsilon, Math.Abs(expected));
        Assert.True(expected == actual || error <= tolerance, $"expected {expected:R}, got {actual:R}: off by {error:G3} of it");
    }
}
