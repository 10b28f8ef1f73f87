using System.Globalization;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Standalone;

/// <summary>A log for the person who watches: a line each, without the values of secrets.</summary>
internal sealed class StandaloneLog(TextWriter output, Secrets secrets, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() => output.Flush();

    private void Write(LogLevel level, string message, Exception? exception)
    {
        var time = clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var lines = exception is null ? message : $"{message}\n{exception}";
        output.WriteLine($"{time} {level,-11} {secrets.Without(lines)}");
    }

    private sealed class Logger(StandaloneLog log) : ILogger
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
            if (IsEnabled(logLevel)) log.Write(logLevel, formatter(state, exception), exception);
        }
    }
}
