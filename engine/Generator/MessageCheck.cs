using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RoutingGrid.Engine.Generator;

/// <summary>Checks a type with [GenerateSerializer]: every member that holds state has a number of its own and can cross.</summary>
internal static class MessageCheck
{
    public static void Check(INamedTypeSymbol type, Crossing crossing, ImmutableArray<Complaint>.Builder complaints)
    {
        if (!type.IsVisible())
        {
            complaints.Add(new Complaint(Rules.NotVisible, type, type.Shown()));
        }

        if (type.BaseType is { } parent && !Crossing.IsRoot(parent) && !parent.Has("Orleans.GenerateSerializerAttribute")
            && crossing.Of(parent) == Way.Never)
        {
            complaints.Add(new Complaint(Rules.BaseType, type, type.Shown(), parent.Shown()));
        }

        HashSet<string> positional = Positional(type);
        var ids = new Dictionary<object, ISymbol>();
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst))
        {
            ISymbol member = field.AssociatedSymbol ?? field;
            if (positional.Contains(member.Name) || field.Has("System.NonSerializedAttribute") || (field.IsImplicitlyDeclared && field.AssociatedSymbol is null))
            {
                CheckMember(field, member, crossing, complaints, ignored: !positional.Contains(member.Name));
                continue;
            }

            AttributeData? id = member.Attribute("Orleans.IdAttribute") ?? field.Attribute("Orleans.IdAttribute");
            if (id is null)
            {
                complaints.Add(new Complaint(Rules.NoId, member, member.Shown()));
            }
            else if (id.ConstructorArguments.Length == 1 && id.ConstructorArguments[0].Value is { } number)
            {
                if (ids.TryGetValue(number, out ISymbol? other))
                {
                    complaints.Add(new Complaint(Rules.SameId, member, other.Shown(), member.Shown(), number.ToString()!));
                }

                ids[number] = member;
            }

            CheckMember(field, member, crossing, complaints, ignored: false);
        }
    }

    private static void CheckMember(
        IFieldSymbol field, ISymbol member, Crossing crossing, ImmutableArray<Complaint>.Builder complaints, bool ignored)
    {
        if (!ignored)
        {
            MethodCheck.CheckType(field.Type, member, member.Shown(), crossing, complaints);
        }
    }

    /// <summary>The properties of a record that come from its parameter list: they are numbered by their places.</summary>
    private static HashSet<string> Positional(INamedTypeSymbol type)
    {
        var names = new HashSet<string>();
        if (type.IsRecord)
        {
            foreach (SyntaxReference declaration in type.DeclaringSyntaxReferences)
            {
                if (declaration.GetSyntax() is RecordDeclarationSyntax { ParameterList: { } list })
                {
                    names.UnionWith(list.Parameters.Select(parameter => parameter.Identifier.ValueText));
                }
            }
        }

        return names;
    }
}
