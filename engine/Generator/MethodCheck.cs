using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RoutingGrid.Engine.Generator;

/// <summary>Refuses methods that could not be called between grains.</summary>
internal static class MethodCheck
{
    /// <summary>The methods that a proxy of the interface has to have.</summary>
    public static IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type, ImmutableArray<Complaint>.Builder complaints)
    {
        foreach (INamedTypeSymbol declaring in type.AllInterfaces.Insert(0, type))
        {
            foreach (ISymbol member in declaring.GetMembers())
            {
                switch (member)
                {
                    case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsAbstract: true } method:
                        yield return method;
                        break;
                    case IPropertySymbol { IsStatic: false } or IEventSymbol { IsStatic: false }:
                        complaints.Add(new Complaint(Rules.Unsupported, member, member.Shown(), "a property or event of a grain interface"));
                        break;
                }
            }
        }
    }

    public static void Check(
        IMethodSymbol method, INamedTypeSymbol type, bool isObserver, Crossing crossing, ImmutableArray<Complaint>.Builder complaints)
    {
        ISymbol at = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, type.ContainingAssembly) ? method : type;
        string name = method.Shown();
        ReturnKind kind = MethodShape.KindOf(method.ReturnType);
        bool isOneWay = method.Has("Orleans.Concurrency.OneWayAttribute");
        if (kind == ReturnKind.Other || (kind == ReturnKind.Void && !isObserver))
        {
            complaints.Add(new Complaint(Rules.ReturnType, at, name, method.ReturnType.Shown()));
        }
        else if (isOneWay && kind is ReturnKind.TaskOf or ReturnKind.ValueTaskOf && isOneWay)
        {
            complaints.Add(new Complaint(Rules.OneWayResult, at, name));
        }

        if (method.IsGenericMethod)
        {
            complaints.Add(new Complaint(Rules.Unsupported, at, name, "a generic grain method"));
        }

        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
        {
            complaints.Add(new Complaint(Rules.Unsupported, at, name, "a grain method with a parameter by reference"));
        }

        if (method.Parameters.Count(parameter => parameter.Type.Is("System.Threading.CancellationToken")) > 1)
        {
            complaints.Add(new Complaint(Rules.SeveralTokens, at, name));
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            CheckType(parameter.Type, at, $"parameter {parameter.Name} of {name}", crossing, complaints);
        }

        if (MethodShape.ResultOf(method.ReturnType) is { } result)
        {
            CheckType(result, at, $"the result of {name}", crossing, complaints);
        }
    }

    public static void CheckType(ITypeSymbol type, ISymbol at, string what, Crossing crossing, ImmutableArray<Complaint>.Builder complaints)
    {
        if (type.DerivesFrom("Orleans.Grain"))
        {
            complaints.Add(new Complaint(Rules.GrainClassCrosses, at, type.Shown(), what));
        }
        else if (crossing.Of(type) == Way.Never)
        {
            complaints.Add(new Complaint(Rules.CannotCross, at, type.Shown(), what));
        }
    }
}
