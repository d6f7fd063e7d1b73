using System.Globalization;

namespace RoutingGrid.Silo.Demo.Screen;

/// <summary>How numbers look on the screen.</summary>
internal static class Format
{
    /// <summary><c>0:07</c>, <c>12:30</c>, <c>1:05:00</c>.</summary>
    public static string Seconds(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(Math.Max(0, seconds)));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0} %");

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    public static string Speed(double speed) => string.Create(CultureInfo.InvariantCulture, $"×{speed:0.##}");

    /// <summary>A bar of eighths of a character, at least a sliver for what is not nothing.</summary>
    public static string Bar(double value, double full, int width)
    {
        if (value <= 0 || full <= 0 || width <= 0) return "";
        var eighths = (int)Math.Clamp(Math.Round(value / full * width * 8), 1, width * 8);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[eighths % 8 - 1].ToString());
    }
}
