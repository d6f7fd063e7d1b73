namespace RoutingGrid.Api.Health;

/// <summary>Whether the server is ready for work. The composition root says when.</summary>
public sealed class Readiness
{
    private volatile string _state = "starting";

    /// <summary><c>starting</c>, <c>ready</c> or <c>stopping</c>.</summary>
    public string State => _state;

    /// <summary>Journal, engine, clocks and routers run.</summary>
    public void Ready() => _state = "ready";

    /// <summary>No new work, please.</summary>
    public void Stopping() => _state = "stopping";
}
