using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RoutingGrid.Silo.Demo;

/// <summary>Keeps the server's warnings and errors for the summary: written to the terminal at once they would tear the screen apart.</summary>
internal sealed class HostLog : ILoggerProvider, ILogger
{
    private const int Kept = 20;
    private int _count;

    public int Count => _count;

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || Interlocked.Increment(ref _count) > Kept) return;
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
    }

    public void Dispose()
    {
        // Its lines are read after the server is gone.
    }
}
