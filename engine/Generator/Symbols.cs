using System.Text;
using Microsoft.CodeAnalysis;

namespace RoutingGrid.Engine.Generator;

/// <summary>Short ways to ask about symbols.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat s_plain = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>As C# with <c>global::</c>, for generated code.</summary>
    public static string Code(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>As a person would write it in full.</summary>
    public static string FullName(this ISymbol symbol) => symbol.ToDisplayString(s_plain);

    public static string Shown(this ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>As part of a file or class name.</summary>
    public static string Mangled(this ITypeSymbol type)
    {
        var name = new StringBuilder();
        foreach (char c in type.FullName())
        {
            name.Append(char.IsLetterOrDigit(c) ? c : '_');
        }

        return name.ToString();
    }

    public static AttributeData? Attribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.FullName() == name);

    public static bool Has(this ISymbol symbol, string name) => symbol.Attribute(name) is not null;

    public static bool Is(this ITypeSymbol type, string name) => type.OriginalDefinition.FullName() == name;

    public static bool Implements(this ITypeSymbol type, string name) =>
        type.Is(name) || type.AllInterfaces.Any(candidate => candidate.FullName() == name);

    public static IEnumerable<INamedTypeSymbol> SelfAndBases(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    public static bool DerivesFrom(this ITypeSymbol type, string name) =>
        type is INamedTypeSymbol named && named.SelfAndBases().Any(candidate => candidate.FullName() == name);

    /// <summary>Other code of the same assembly can name it.</summary>
    public static bool IsVisible(this ITypeSymbol type)
    {
        for (INamedTypeSymbol? current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
                || current.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }
}
