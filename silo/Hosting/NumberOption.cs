using System.CommandLine.Parsing;
using System.Globalization;

namespace RoutingGrid.Silo.Hosting;

/// <summary>
/// Parsers for options that are numbers in a range; anything else is refused in words. A validator cannot do it: asking it for the value
/// of what is no number throws.
/// </summary>
internal static class NumberOption
{
    public static Func<ArgumentResult, double> Number(double from, double to) => result => NumberOrNone(from, to)(result) ?? from;

    public static Func<ArgumentResult, double?> NumberOrNone(double from, double to) => result =>
    {
        var parsed = double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (parsed && number >= from && number <= to) return number;
        Refuse(result, string.Create(CultureInfo.InvariantCulture, $"a number from {from} to {to}"));
        return null;
    };

    public static Func<ArgumentResult, int> WholeNumber(int from, int to) => result => WholeNumberOrNone(from, to)(result) ?? from;

    public static Func<ArgumentResult, int?> WholeNumberOrNone(int from, int to) => result =>
    {
        var parsed = int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (parsed && number >= from && number <= to) return number;
        Refuse(result, string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}"));
        return null;
    };

    private static void Refuse(ArgumentResult result, string must) =>
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is {result.Tokens[0].Value}; it must be {must}.");
}
