using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RoutingGrid.Mutants.Tests.Planting;

namespace RoutingGrid.Mutants.Tests;

/// <summary>A bug that other routers had, as it would look in this one.</summary>
/// <param name="Bug">Its name.</param>
/// <param name="Planted">How it is planted, and which layers that would hide it are taken away with it.</param>
/// <param name="Catcher">Who has to notice.</param>
internal sealed record Mutation(string Bug, string Planted, Catcher Catcher, ImmutableArray<Change> Changes);

/// <summary>Who notices a mutation, and by what sign: a failure for another reason does not count.</summary>
internal abstract record Catcher
{
    private Catcher() { }

    /// <summary>The folder in tests/ of the program that notices.</summary>
    public abstract string Program { get; }

    public abstract ImmutableArray<string> Arguments { get; }

    /// <summary>What the program must say.</summary>
    public abstract Regex Sign { get; }

    /// <summary>Random centers, from seed 1 on, until one fails.</summary>
    /// <param name="Faults">What goes wrong in them, in the words of --faults.</param>
    /// <param name="Most">After so many the mutation counts as not noticed.</param>
    /// <param name="Invariant">Its number in the list of the audit; 0: what the people in the center were told or never saw.</param>
    /// <param name="What">A pattern that the violation must match.</param>
    internal sealed record Seeds(string Faults, int Most, int Invariant, string What) : Catcher
    {
        public override string Program => "simulation";

        public override ImmutableArray<string> Arguments => ["--seeds", $"{Most}", "--store", "memory", "--faults", Faults, "--failures", "1"];

        public override Regex Sign => new(Invariant == 0 ? What : $@"Broken[^\n]*: {Invariant}\. [^\n]*\n[^\n]*{What}");

        public override string ToString() => $"{(Invariant == 0 ? "no end" : $"invariant {Invariant}")}, faults: {Faults}";
    }

    /// <summary>A test of tests/grains.</summary>
    internal sealed record Test(string Name, string What) : Catcher
    {
        public override string Program => "grains";

        public override ImmutableArray<string> Arguments => ["-noLogo", "-noColor", "-method", $"*.{Name}"];

        public override Regex Sign => new($@"{Name}.*\[FAIL\][\s\S]*{What}");

        public override string ToString() => Name;
    }
}
