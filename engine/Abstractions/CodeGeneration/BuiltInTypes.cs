using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Text;
using Orleans.Runtime;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>Types of the runtime library and of the programming model whose values nobody can change.</summary>
internal static class BuiltInTypes
{
    private static readonly HashSet<Type> s_immutable =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Rune),
        typeof(Index), typeof(Range), typeof(CancellationToken), typeof(IPAddress), typeof(IPEndPoint), typeof(CultureInfo), typeof(Nothing),
        typeof(GrainId), typeof(GrainType), typeof(GrainInterfaceType), typeof(IdSpan), typeof(TickStatus), typeof(object),
    ];

    public static bool IsImmutable(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || s_immutable.Contains(type)
        || typeof(Exception).IsAssignableFrom(type)
        || typeof(GrainReference).IsAssignableFrom(type)
        || typeof(IGrainReminder).IsAssignableFrom(type)
        || typeof(Type).IsAssignableFrom(type)
        || type.IsDefined(typeof(Orleans.ImmutableAttribute), inherit: false);
}
