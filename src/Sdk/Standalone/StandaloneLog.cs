using System.Globalization;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Standalone;

/// <summary>A log for the person who watches: a line each, without the values of secrets.</summary>
internal sealed class StandaloneLog(TextWriter output, Secrets secrets, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(Write);

    public void Dispose() => output.Flush();

    private void Write(LogLevel level, string message, Exception? exception)
    {
        var time = clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var lines = exception is null ? message : $"{message}\n{exception}";
        output.WriteLine($"{time} {level,-11} {secrets.Without(lines)}");
    }
}
