namespace RoutingGrid.GrainInterfaces;

/// <summary>Keys of grains that belong to a workspace: <c>workspace/id</c>. Workspaces have no slash in their names; ids may.</summary>
public static class GrainKeys
{
    public static string Of(string workspace, string id) => string.Concat(workspace, "/", id);

    /// <summary>The workspace and the id of a key.</summary>
    public static (string Workspace, string Id) Split(string key)
    {
        var slash = key.IndexOf('/');
        return slash < 0
            ? throw new ArgumentException($"'{key}' is not a key of the form workspace/id.", nameof(key))
            : (key[..slash], key[(slash + 1)..]);
    }

    /// <summary>The one pool of a workspace.</summary>
    public static string Router(string workspace) => Of(workspace, "main");
}
