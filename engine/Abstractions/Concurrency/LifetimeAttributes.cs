namespace Orleans
{
    /// <summary>How long an activation of this class may be idle before it is collected; at least one minute.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        private readonly TimeSpan? _parsed;

        public CollectionAgeLimitAttribute()
        {
        }

        public CollectionAgeLimitAttribute(string inactivityPeriod) =>
            _parsed = TimeSpan.Parse(inactivityPeriod, System.Globalization.CultureInfo.InvariantCulture);

        public double Days { get; set; }

        public double Hours { get; set; }

        public double Minutes { get; set; }

        /// <summary>Never collected for being idle.</summary>
        public bool AlwaysActive { get; set; }

        public TimeSpan AgeLimit
        {
            get
            {
                TimeSpan span = AlwaysActive
                    ? TimeSpan.FromDays(short.MaxValue)
                    : _parsed ?? TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
                return span < MinAgeLimit ? MinAgeLimit : span;
            }
        }
    }

    /// <summary>Activations of this class are never collected for being idle.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class KeepAliveAttribute : Attribute;

    /// <summary>How long a caller of this method waits before it gets a <see cref="TimeoutException"/>, instead of the engine's default.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ResponseTimeoutAttribute : Attribute
    {
        public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);

        public TimeSpan? Timeout { get; init; }
    }

    /// <summary>The stable name of a kind of grain, part of its id.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GrainTypeAttribute : Attribute
    {
        public GrainTypeAttribute(string grainType) => Name = grainType;

        internal string Name { get; }
    }
}

namespace Orleans.Placement
{
    /// <summary>Accepted for Orleans; there is one silo here.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class PreferLocalPlacementAttribute : Attribute;

    /// <summary>Accepted for Orleans; there is one silo here.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class RandomPlacementAttribute : Attribute;

    /// <summary>Accepted for Orleans; there is one silo here.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class HashBasedPlacementAttribute : Attribute;
}
