using System.Reflection;
using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Reminders;

namespace RoutingGrid.Engine.Catalog;

/// <summary>Finds the generated code: in the assemblies that are loaded and in those that they refer to.</summary>
internal static class GrainCodeLoader
{
    public static GrainCodeRegistry Load(IEnumerable<Assembly> explicitly)
    {
        var registry = new GrainCodeRegistry();
        registry.Interface(typeof(IRemindable), typeof(IRemindable).FullName!, static (shared, key) => new RemindableReference(shared, key));
        foreach (Assembly assembly in Reachable(explicitly).OrderBy(assembly => assembly.FullName, StringComparer.Ordinal))
        {
            if (assembly.GetCustomAttribute<GrainCodeAttribute>() is { } code)
            {
                ((IGrainCode)Activator.CreateInstance(code.Type, nonPublic: true)!).Register(registry);
            }
        }

        return registry;
    }

    private static HashSet<Assembly> Reachable(IEnumerable<Assembly> explicitly)
    {
        var found = new HashSet<Assembly>();
        var open = new Stack<Assembly>(explicitly.Concat(AppDomain.CurrentDomain.GetAssemblies()));
        while (open.TryPop(out Assembly? assembly))
        {
            if (assembly.IsDynamic || !found.Add(assembly))
            {
                continue;
            }

            foreach (AssemblyName name in assembly.GetReferencedAssemblies())
            {
                if (!IsOfThePlatform(name.Name!) && TryLoad(name) is { } referenced)
                {
                    open.Push(referenced);
                }
            }
        }

        return found;
    }

    private static bool IsOfThePlatform(string name) =>
        name.StartsWith("System", StringComparison.Ordinal)
        || name.StartsWith("Microsoft", StringComparison.Ordinal)
        || name is "netstandard" or "mscorlib" or "WindowsBase";

    // A reference may be to something that only another platform has.
    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            return null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}
