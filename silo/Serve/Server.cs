using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Serve;

/// <summary>Runs one server from start to end, and says on the console what a person needs to know.</summary>
internal static class Server
{
    private const int Refused = 1;
    private const int Superseded = 3;

    /// <summary>What still runs when another server has taken over can do nothing but end.</summary>
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(2);

    /// <summary>0 after a graceful stop; 1 when it cannot start and 3 when another server took over, with the reason on <paramref name="errors"/>.</summary>
    public static async Task<int> Run(HostSettings settings, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        try
        {
            await using var app = await RoutingGridHost.Build(settings with { OnStandBy = (addresses, active) => SayStandingBy(addresses, active, output) }, stop);
            await app.StartAsync(stop);
            await ShowFirstKey(app.Services, output);
            output.WriteLine($"RoutingGrid listens on {string.Join(", ", app.Urls)} ({Journals.Describe(settings, app.Services.GetRequiredService<IJournal>())}). Stop with Ctrl-C.");
            await output.FlushAsync(CancellationToken.None);
            return await UntilEnd(app, errors, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception error) when (Explain(error, settings) is { } why)
        {
            errors.WriteLine(why);
            return Refused;
        }
    }

    private static void SayStandingBy(IEnumerable<string> addresses, string active, TextWriter output)
    {
        output.WriteLine($"RoutingGrid stands by on {string.Join(", ", addresses)}: {active} is active. Stop with Ctrl-C.");
        output.Flush();
    }

    /// <summary>A process in whose place another one is active believes what is not true any more. To end is the simplest that is right: who
    /// starts servers again starts it as one that stands by.</summary>
    private static async Task<int> UntilEnd(WebApplication app, TextWriter errors, CancellationToken stop)
    {
        var stopped = app.WaitForShutdownAsync(stop);
        if (app.Services.GetRequiredService<IJournal>() is not PostgresJournal journal || await Task.WhenAny(stopped, journal.TakenOver) == stopped)
        {
            await stopped;
            return 0;
        }
        errors.WriteLine($"Another server has taken over {journal.Place}; this one ends. Start it again, and it stands by.");
        using var patience = new CancellationTokenSource(EndingTime);
        try
        {
            await app.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // What has not ended by now is cut.
        }
        return Superseded;
    }

    private static async Task ShowFirstKey(IServiceProvider services, TextWriter output)
    {
        if (await services.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>("access").CreateFirst() is not { } first) return;
        output.WriteLine();
        output.WriteLine("  The first administrator's key. It is shown this once, and only its hash is kept:");
        output.WriteLine();
        output.WriteLine("    " + first.Secret);
        output.WriteLine();
    }

    private static string? Explain(Exception error, HostSettings settings) => error switch
    {
        JournalUnusableException when settings.Store == JournalStore.Postgres => $"The journal cannot be used (--store postgres): {error.Message}",
        JournalUnusableException => $"The journal cannot be used (--data {settings.DataDirectory}): {error.Message}",
        IOException { InnerException: AddressInUseException } or AddressInUseException =>
            $"Cannot listen on {settings.Urls}: another program uses the port. Stop it, or choose another with --urls http://127.0.0.1:PORT (0: any free one).",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"Cannot listen on {settings.Urls}: this user may not use the port. Choose one from 1024 up with --urls.",
        SocketException or FormatException or InvalidOperationException when error.StackTrace?.Contains("AddressBinder", StringComparison.Ordinal) == true =>
            $"Cannot listen on {settings.Urls}: {error.Message.TrimEnd('.')}. --urls takes addresses such as http://127.0.0.1:8080.",
        IOException or UnauthorizedAccessException => $"Cannot start: {error.Message}",
        _ => null,
    };
}
