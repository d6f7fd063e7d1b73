using Microsoft.Extensions.Logging;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Keeps the errors that nobody waited for and that only a log would show: such as grains throw out of one-way calls.</summary>
internal sealed class SwallowedErrors(Func<Exception, bool> isExpected) : ILoggerProvider, ILogger
{
    /// <summary>The first one that is not expected.</summary>
    public string? First { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (First is null && exception is not null && IsEnabled(logLevel) && !isExpected(exception)) First = $"{formatter(state, exception)} {exception}";
    }

    public void Dispose() { }
}
