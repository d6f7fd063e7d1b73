using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>Runs a property; a failure names the replay that repeats it: set <c>FSCHECK_REPLAY</c> to it and run the one test.</summary>
internal static class Law
{
    public static void Holds<T>(Gen<T> gen, Action<T> law, int tests, Func<T, IEnumerable<T>>? shrink = null, int size = 100)
    {
        var arbitrary = shrink is null ? gen.ToArbitrary() : Arb.From(gen, shrink);
        var config = Config.QuickThrowOnFailure.WithMaxTest(tests).WithStartSize(1).WithEndSize(size).WithQuietOnSuccess(true);
        if (Environment.GetEnvironmentVariable("FSCHECK_REPLAY")?.Split(',') is [var seed, var gamma, ..] parts)
            config = config.WithReplay(ulong.Parse(seed), ulong.Parse(gamma), parts.Length > 2 ? int.Parse(parts[2]) : size).WithMaxTest(1);
        Prop.ForAll(arbitrary, law).Check(config);
    }
}
