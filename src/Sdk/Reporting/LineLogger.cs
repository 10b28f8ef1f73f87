using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Reporting;

/// <summary>Passes on each line, formatted. It has no scopes, and levels are the filters' matter.</summary>
internal sealed class LineLogger(Action<LogLevel, string, Exception?> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) write(logLevel, formatter(state, exception), exception);
    }
}
