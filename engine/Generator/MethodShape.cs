using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RoutingGrid.Engine.Generator;

internal enum ReturnKind
{
    Void,
    Task,
    TaskOf,
    ValueTask,
    ValueTaskOf,
    Other,
}

/// <summary>What the emitters need to know of a parameter.</summary>
internal sealed class ParameterShape(IParameterSymbol parameter, int index, Crossing crossing)
{
    public string Type { get; } = parameter.Type.Code();

    public string Name { get; } = "@" + parameter.Name;

    public string Field { get; } = "Argument" + index;

    public bool IsToken { get; } = parameter.Type.Is("System.Threading.CancellationToken");

    public bool IsCopied { get; } = !parameter.Has("Orleans.ImmutableAttribute") && crossing.Of(parameter.Type) == Way.Copied;
}

/// <summary>What the emitters need to know of a method.</summary>
internal sealed class MethodShape
{
    public MethodShape(IMethodSymbol method, string requestName, Crossing crossing)
    {
        Method = method;
        RequestName = requestName;
        Kind = KindOf(method.ReturnType);
        Parameters = [.. method.Parameters.Select((parameter, index) => new ParameterShape(parameter, index, crossing))];
        ITypeSymbol? result = ResultOf(method.ReturnType);
        Result = result?.Code();
        CopiesResult = result is not null
            && crossing.Of(result) == Way.Copied
            && !method.GetReturnTypeAttributes().Any(attribute => attribute.AttributeClass?.FullName() == "Orleans.ImmutableAttribute");
        IsOneWay = Kind == ReturnKind.Void || method.Has("Orleans.Concurrency.OneWayAttribute");
        var options = new List<string>();
        if (IsOneWay)
        {
            options.Add("OneWay");
        }

        if (method.Has("Orleans.Concurrency.ReadOnlyAttribute"))
        {
            options.Add("ReadOnly");
        }

        if (method.Has("Orleans.Concurrency.AlwaysInterleaveAttribute"))
        {
            options.Add("AlwaysInterleave");
        }

        if (Parameters.Any(parameter => parameter.IsToken))
        {
            options.Add("Cancellable");
        }

        Options = options.Count == 0 ? "None" : string.Join(" | ", options.Select(option => "global::RoutingGrid.Engine.CodeGeneration.CallOptions." + option));
        Options = options.Count == 0 ? "global::RoutingGrid.Engine.CodeGeneration.CallOptions.None" : Options;
        Timeout = method.Attribute("Orleans.ResponseTimeoutAttribute")?.ConstructorArguments[0].Value as string;
    }

    public IMethodSymbol Method { get; }

    public string RequestName { get; }

    public ReturnKind Kind { get; }

    public ImmutableArray<ParameterShape> Parameters { get; }

    /// <summary>Null for none.</summary>
    public string? Result { get; }

    public bool CopiesResult { get; }

    public bool IsOneWay { get; }

    public string Options { get; }

    public string? Timeout { get; }

    public static ReturnKind KindOf(ITypeSymbol type) => type.OriginalDefinition.FullName() switch
    {
        _ when type.SpecialType == SpecialType.System_Void => ReturnKind.Void,
        "System.Threading.Tasks.Task" => ReturnKind.Task,
        "System.Threading.Tasks.Task<TResult>" => ReturnKind.TaskOf,
        "System.Threading.Tasks.ValueTask" => ReturnKind.ValueTask,
        "System.Threading.Tasks.ValueTask<TResult>" => ReturnKind.ValueTaskOf,
        _ => ReturnKind.Other,
    };

    public static ITypeSymbol? ResultOf(ITypeSymbol type) =>
        KindOf(type) is ReturnKind.TaskOf or ReturnKind.ValueTaskOf ? ((INamedTypeSymbol)type).TypeArguments[0] : null;
}
