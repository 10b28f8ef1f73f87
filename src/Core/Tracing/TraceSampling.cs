using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Jobs.Core.Tracing;

/// <summary>
/// Which traces are recorded. Decided by the trace's id alone, so that all processes that know a run decide alike.
/// </summary>
/// <param name="Share">Of the traces that begin here, from 0 to 1.</param>
/// <param name="FollowsParent">A trace that is continued is recorded as its sender decided.</param>
public sealed record TraceSampling(double Share, bool FollowsParent)
{
    /// <summary>OpenTelemetry's default, <c>parentbased_always_on</c>.</summary>
    public static TraceSampling Always { get; } = new(1, FollowsParent: true);

    /// <summary>
    /// Reads <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>. What is not known is the default, as
    /// OpenTelemetry asks for.
    /// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
    /// </summary>
    public static TraceSampling Parse(string? sampler, string? argument) => sampler switch
    {
        "always_on" => new(1, FollowsParent: false),
        "always_off" => new(0, FollowsParent: false),
        "traceidratio" => new(ShareOf(argument), FollowsParent: false),
        "parentbased_always_off" => new(0, FollowsParent: true),
        "parentbased_traceidratio" => new(ShareOf(argument), FollowsParent: true),
        _ => Always,
    };

    /// <param name="parent">What the trace continues; null when it begins here.</param>
    public bool Samples(ActivityTraceId trace, ActivityContext? parent) =>
        FollowsParent && parent is { } sender ? TraceText.IsSampled(sender) : IsWithin(trace);

    /// <summary>As .NET's own sampler: the id's first 8 bytes against the share.</summary>
    private bool IsWithin(ActivityTraceId trace)
    {
        if (Share >= 1) return true;
        Span<byte> bytes = stackalloc byte[16];
        trace.CopyTo(bytes);
        var number = BinaryPrimitives.ReadInt64BigEndian(bytes) & long.MaxValue;
        return number < (long)(Share * long.MaxValue);
    }

    private static double ShareOf(string? argument) =>
        double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1
            ? share
            : 1;
}
