using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Api.Health;

namespace RoutingGrid.Silo.Hosting;

/// <summary>The web server of a process that may have to wait before it is active: it listens from the beginning, answers by itself while
/// nothing inside may act, and lets requests in otherwise. The address stays the same, and no connection is dropped.</summary>
internal sealed class Door(IServer listener) : IServer
{
    private volatile Inactive _waiting = Inactive.Starting;
    private volatile Inside? _inside;

    /// <summary>Why what is inside must not act at this moment; null: it may. Asked for every request.</summary>
    public Func<Inactive?> WhyNot { get; set; } = static () => null;

    public IFeatureCollection Features => listener.Features;

    /// <summary>Where it listens, once it does.</summary>
    public IEnumerable<string> Addresses => Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;

    /// <summary>Puts a door before the web server that was added before.</summary>
    public static void Add(IServiceCollection services)
    {
        var listener = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(listener);
        services.AddSingleton(provider => new Door((IServer)ActivatorUtilities.CreateInstance(provider, listener.ImplementationType!)));
        services.AddSingleton<IServer>(provider => provider.GetRequiredService<Door>());
    }

    /// <summary>Listens, and answers that the server is starting.</summary>
    public Task Open(string urls, CancellationToken cancel)
    {
        var addresses = Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) addresses.Add(url);
        return listener.StartAsync(new Entrance(this), cancel);
    }

    /// <summary>Answers why the server waits, until there is something inside.</summary>
    public void Wait(Inactive why) => _waiting = why;

    Task IServer.StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
    {
        _inside = new Inside<TContext>(application);
        return Task.CompletedTask;
    }

    Task IServer.StopAsync(CancellationToken cancellationToken) => listener.StopAsync(cancellationToken);

    public void Dispose() => listener.Dispose();

    private Visit Admit(IFeatureCollection request)
    {
        if (_inside is not { } inside) return new TurnedAway(request, _waiting);
        return WhyNot() is { } why ? new TurnedAway(request, why) : inside.Admit(request);
    }

    private sealed class Entrance(Door door) : IHttpApplication<Visit>
    {
        public Visit CreateContext(IFeatureCollection contextFeatures) => door.Admit(contextFeatures);

        public Task ProcessRequestAsync(Visit context) => context.Process();

        public void DisposeContext(Visit context, Exception? exception) => context.End(exception);
    }

    private abstract class Inside
    {
        public abstract Visit Admit(IFeatureCollection request);
    }

    private sealed class Inside<TContext>(IHttpApplication<TContext> application) : Inside where TContext : notnull
    {
        public override Visit Admit(IFeatureCollection request) => new Guest<TContext>(application, application.CreateContext(request));
    }

    private abstract class Visit
    {
        public abstract Task Process();

        public virtual void End(Exception? exception) { }
    }

    private sealed class Guest<TContext>(IHttpApplication<TContext> application, TContext context) : Visit where TContext : notnull
    {
        public override Task Process() => application.ProcessRequestAsync(context);

        public override void End(Exception? exception) => application.DisposeContext(context, exception);
    }

    private sealed class TurnedAway(IFeatureCollection request, Inactive why) : Visit
    {
        public override Task Process() => why.Answer(new DefaultHttpContext(request));
    }
}
