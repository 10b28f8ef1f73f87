using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Jobs.Core.Ids;

namespace Jobs.Core.Tracing;

/// <summary>
/// Ids of traces and spans, derived from ids of runs: every process knows them, and none has to be passed on or kept.
/// </summary>
public static class TraceIds
{
    private const int TraceBytes = 16;

    private const int SpanBytes = 8;

    /// <summary>The trace that a run begins, unless it continues another.</summary>
    public static ActivityTraceId TraceOf(RunId run) =>
        ActivityTraceId.CreateFromBytes(Hash(run.ToString()).AsSpan(0, TraceBytes));

    /// <summary>The span of the whole run.</summary>
    public static ActivitySpanId RootOf(RunId run) =>
        ActivitySpanId.CreateFromBytes(Hash(run.ToString()).AsSpan(TraceBytes, SpanBytes));

    /// <summary>The span of one attempt.</summary>
    public static ActivitySpanId AttemptOf(LaunchId launch) =>
        ActivitySpanId.CreateFromBytes(Hash(launch.ToString()).AsSpan(0, SpanBytes));

    private static byte[] Hash(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));
}
