using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>How a quantity that is never negative varies.</summary>
public abstract record Distribution
{
    private Distribution() { }

    public abstract double Mean { get; }
    public abstract double Variance { get; }

    internal abstract double Draw(ref DrawStream draws);

    public sealed record Exponential(double MeanValue) : Distribution
    {
        public override double Mean => MeanValue;
        public override double Variance => MeanValue * MeanValue;

        internal override double Draw(ref DrawStream draws) => MeanValue * draws.Exponential();
    }

    /// <param name="MeanValue">Of the variable itself, not of its logarithm.</param>
    /// <param name="StandardDeviation">Likewise.</param>
    public sealed record LogNormal(double MeanValue, double StandardDeviation) : Distribution
    {
        private readonly double _sigmaSquared = Math.Log(1 + (StandardDeviation / MeanValue * (StandardDeviation / MeanValue)));

        public override double Mean => MeanValue;
        public override double Variance => StandardDeviation * StandardDeviation;

        internal override double Draw(ref DrawStream draws) =>
            Math.Exp(Math.Log(MeanValue) - (_sigmaSquared / 2) + (Math.Sqrt(_sigmaSquared) * draws.Normal()));
    }

    public sealed record Gamma(double Shape, double Scale) : Distribution
    {
        public override double Mean => Shape * Scale;
        public override double Variance => Shape * Scale * Scale;

        internal override double Draw(ref DrawStream draws) => Scale * draws.Gamma(Shape);
    }

    /// <summary>The sum of so many exponential times.</summary>
    public sealed record Erlang(int K, double MeanValue) : Distribution
    {
        public override double Mean => MeanValue;
        public override double Variance => MeanValue * MeanValue / K;

        internal override double Draw(ref DrawStream draws) => MeanValue / K * draws.Gamma(K);
    }

    public sealed record Deterministic(double Value) : Distribution
    {
        public override double Mean => Value;
        public override double Variance => 0;

        internal override double Draw(ref DrawStream draws) => Value;
    }

    /// <summary>Any of these values, each as likely as the others.</summary>
    public sealed record Empirical(ImmutableArray<double> Values) : Distribution
    {
        public override double Mean => Values.Average();
        public override double Variance => Values.Average(value => value * value) - (Mean * Mean);

        internal override double Draw(ref DrawStream draws) => Values[(int)(draws.Uniform() * Values.Length)];
    }
}
