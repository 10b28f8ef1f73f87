using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The log of one invocation.</summary>
internal sealed class FunctionLogger(LogWriter log, string requestId) : ILambdaLogger
{
    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => log.Write(requestId, null, null, message, []);

    public void Log(string level, string message) => log.Write(requestId, level, null, message, []);

    public void Log(string level, string message, params object[] args) =>
        log.Write(requestId, level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) =>
        log.Write(requestId, level, exception, message, args);
}
