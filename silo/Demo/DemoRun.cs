using System.Net.Sockets;
using System.Runtime.InteropServices;
using RoutingGrid.Journal;
using RoutingGrid.Silo.Demo.Screen;
using RoutingGrid.Simulation.People;
using RoutingGrid.Simulation.Traffic;
using Spectre.Console;

namespace RoutingGrid.Silo.Demo;

/// <summary>One demo from its beginning to its end.</summary>
internal sealed class DemoRun
{
    private static readonly TimeOnly Opening = new(10, 0);
    private static readonly TimeSpan GoingHome = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TheSame = TimeSpan.FromSeconds(0.5);

    private readonly DemoSettings _settings;
    private readonly IAnsiConsole _console;
    private readonly ScaledTimeProvider _time;
    private long _started;
    private string? _ending;
    private TimeSpan _endedAt;

    private DemoRun(DemoSettings settings, IAnsiConsole console)
    {
        (_settings, _console) = (settings, console);
        var zone = TimeProvider.System.LocalTimeZone;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).ToDateTime(Opening);
        _time = new ScaledTimeProvider(TimeProvider.System, settings.Speed, new DateTimeOffset(today, zone.GetUtcOffset(today)));
    }

    /// <summary>0 when all went well, however it was ended; 1 when something was lost or failed, or it could not begin.</summary>
    public static async Task<int> Run(DemoSettings settings, IAnsiConsole console, TextWriter errors, CancellationToken end)
    {
        try
        {
            return await new DemoRun(settings, console).Run(end) ? 0 : 1;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return 0; // ended before it had begun
        }
        catch (Exception error) when (error is DemoException or JournalUnusableException
            or HttpRequestException or IOException or SocketException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The demo cannot run: {error.Message}");
            return 1;
        }
    }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

    private async Task<bool> Run(CancellationToken end)
    {
        await using var server = await DemoServer.Start(_settings, _time, end);
        using var http = ApiClient.Connect(server.Address);
        var world = await DemoWorld.Prepare(_settings, http, server.AdminKey, _time, end);
        var page = new Uri(server.Address, $"/?workspace={DemoWorkspace.Name}#key={world.BoardKey}").ToString();

        _started = TimeProvider.System.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(end);
        if (_settings.For is { } length) over.CancelAfter(length);
        using var afterwards = new CancellationTokenSource();
        using var watching = new CancellationTokenSource();
        using var goingHome = over.Token.Register(() =>
        {
            _ending = "Ending: everybody finishes what they are at …";
            _endedAt = Elapsed;
            afterwards.CancelAfter(GoingHome);
        });
        using var impatience = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            // The same Ctrl-C that ends the demo comes by here too; the next one means: at once.
            if (over.IsCancellationRequested && Elapsed - _endedAt > TheSame) afterwards.Cancel();
        });

        var feed = new BoardFeed(world.Supervisor, TimeProvider.System);
        var follow = feed.Follow(watching.Token);
        var screen = Show(() => State(world, feed, page), watching.Token);
        var lived = TimeSpan.Zero;
        var opened = _time.GetUtcNow();
        (Board? Board, LossCheck? Check) known;
        try
        {
            await world.Live(over.Token, afterwards.Token);
            lived = _time.GetUtcNow() - opened;
            afterwards.CancelAfter(Timeout.InfiniteTimeSpan); // looking back takes as long as there is to look at
            known = await LookBack(world, feed, afterwards.Token);
        }
        finally
        {
            await watching.CancelAsync();
            await Task.WhenAll(follow, screen);
        }
        return Summary.Write(_console, Elapsed, lived, world, known.Board, known.Check, server.Log);
    }

    private async Task<(Board?, LossCheck?)> LookBack(DemoWorld world, BoardFeed feed, CancellationToken cancellation)
    {
        _ending = "Ending: looking for every acknowledged message … (Ctrl-C: at once)";
        try
        {
            var check = await LossCheck.Run(world.Supervisor, world.Traffic.Acknowledged, cancellation);
            return (await feed.Last(cancellation), check);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
        {
            world.Tally.Fail($"looking back: {error.Message}");
            return (feed.Latest, null);
        }
    }

    private Task Show(Func<ScreenState> state, CancellationToken end)
    {
        var zone = _time.LocalTimeZone;
        var terminal = _console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi;
        return terminal
            ? TerminalScreen.Show(_console, () => DemoScreen.Of(state(), _console.Profile.Width, _console.Profile.Height, zone), TimeProvider.System, end)
            : PlainLines.Show(_console.Profile.Out.Writer, state, zone, TimeProvider.System, end);
    }

    private ScreenState State(DemoWorld world, BoardFeed feed, string page)
    {
        var tally = world.Tally;
        var people = new PeopleNumbers(
            world.Traffic.Sent.Value, world.Traffic.Opened.Value, tally.Replies.Value, tally.Closed.Value, tally.Accepted.Value, tally.Declined.Value,
            tally.RangOut.Value, tally.ConnectionsLost.Value, tally.Failed.Value);
        return new ScreenState(feed.Latest, feed.Live, _time.GetUtcNow(), _settings.Speed, Elapsed, _settings.For, people, page, _ending);
    }
}
