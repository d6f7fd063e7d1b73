using System.Reflection;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>How calls of a method are treated.</summary>
[Flags]
public enum CallOptions : byte
{
    None = 0,
    OneWay = 1,
    ReadOnly = 2,
    AlwaysInterleave = 4,

    /// <summary>One of the arguments is a cancellation token.</summary>
    Cancellable = 8,
}

/// <summary>A method of a grain interface. For generated code; one instance per method.</summary>
public sealed class MethodDescriptor
{
    private readonly Type[] _parameters;
    private MethodInfo? _method;

    public MethodDescriptor(Type interfaceType, string interfaceName, string name, Type[] parameters, CallOptions options, string? responseTimeout)
    {
        InterfaceType = interfaceType;
        InterfaceName = interfaceName;
        Name = name;
        Options = options;
        _parameters = parameters;
        ResponseTimeout = responseTimeout is null ? null : TimeSpan.Parse(responseTimeout, System.Globalization.CultureInfo.InvariantCulture);
    }

    public Type InterfaceType { get; }

    public string InterfaceName { get; }

    public string Name { get; }

    public CallOptions Options { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Looked up when a filter first asks.</summary>
    public MethodInfo Method => _method ??= InterfaceType.GetMethod(Name, _parameters) ?? throw new MissingMethodException(InterfaceName, Name);

    public override string ToString() => $"{InterfaceName}.{Name}";
}
