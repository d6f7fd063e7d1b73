using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>Another process, its output line by line.</summary>
public sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _errors = new();
    private int _disposed;

    private Child(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null) _lines.Writer.TryComplete();
            else _lines.Writer.TryWrite(e.Data);
        };
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null) _errors.Enqueue(e.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Errors => string.Join('\n', _errors);

    public static Child Start(string program, params ReadOnlySpan<string> arguments) => StartIn(null, program, arguments);

    public static Child StartIn(string? folder, string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder ?? "" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new Child(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>The next line that it writes; null at the end.</summary>
    public async Task<string?> NextLine()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await _lines.Reader.WaitToReadAsync(patience.Token) && _lines.Reader.TryRead(out var line) ? line : null;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} said nothing for {Patience.TotalSeconds} s. Its errors: {Errors}");
        }
    }

    /// <summary>Reads until a line passes; the lines before it are not kept.</summary>
    public async Task<string> Line(Func<string, bool> passes)
    {
        while (await NextLine() is { } line)
            if (passes(line)) return line;
        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended without saying what was expected. Its errors: {Errors}");
    }

    /// <summary>SIGKILL: nothing in it gets a chance to tidy up.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await Ended();
    }

    /// <summary>SIGTERM: please stop.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>SIGSTOP: it stands still until <see cref="Resume"/>, and keeps everything that it has.</summary>
    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    public int Id => _process.Id;

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }
}
