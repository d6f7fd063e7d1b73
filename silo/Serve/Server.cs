using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Serve;

/// <summary>Runs one server from start to end, and says on the console what a person needs to know.</summary>
internal static class Server
{
    private const int Refused = 1;

    /// <summary>0 after a graceful stop; 1 when it cannot start, with the reason on <paramref name="errors"/>.</summary>
    public static async Task<int> Run(HostSettings settings, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        try
        {
            await using var app = await RoutingGridHost.Build(settings, stop);
            await app.StartAsync(stop);
            await ShowFirstKey(app.Services, output);
            output.WriteLine($"RoutingGrid listens on {string.Join(", ", app.Urls)} ({Journals.Describe(settings, app.Services.GetRequiredService<IJournal>())}). Stop with Ctrl-C.");
            await output.FlushAsync(CancellationToken.None);
            await app.WaitForShutdownAsync(stop);
            return 0;
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
