namespace Amazon.Lambda.Core;

/// <summary>The X-Ray trace of the invocation being handled.</summary>
public class LambdaTraceProvider
{
    private static string _current;

    public static string CurrentTraceId => _current ?? Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");

    internal static void SetCurrentTraceId(string traceId) => _current = traceId;
}
