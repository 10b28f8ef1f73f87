using System.Diagnostics;
using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Tracing;

namespace Jobs.Tests.Unit.Core.Tracing;

public sealed class TraceSamplingTests
{
    private static readonly ActivityContext Recorded = new(
        ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
        ActivitySpanId.CreateFromString("b7ad6b7169203331"),
        ActivityTraceFlags.Recorded);

    private static readonly ActivityContext Unrecorded =
        new(Recorded.TraceId, Recorded.SpanId, ActivityTraceFlags.None);

    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("parentbased_always_on", null, true, false)]
    [InlineData("always_on", null, true, true)]
    [InlineData("always_off", null, false, false)]
    [InlineData("parentbased_always_off", null, false, false)]
    [InlineData("traceidratio", "1", true, true)]
    [InlineData("traceidratio", "0", false, false)]
    [InlineData("parentbased_traceidratio", "0", false, false)]
    [InlineData("parentbased_traceidratio", "many", true, false)]
    [InlineData("jaeger_remote", "x", true, false)]
    public void Sampler_decides(string? sampler, string? argument, bool ofNew, bool ofUnrecorded)
    {
        var sampling = TraceSampling.Parse(sampler, argument);

        Assert.Equal(ofNew, sampling.Samples(Recorded.TraceId, null));
        Assert.Equal(ofUnrecorded, sampling.Samples(Recorded.TraceId, Unrecorded));
        Assert.Equal(sampling.FollowsParent || ofNew, sampling.Samples(Recorded.TraceId, Recorded));
    }

    /// <summary>
    /// The boundary is the one of .NET's own sampler, so that a worker's OpenTelemetry SDK decides alike.
    /// </summary>
    [Theory]
    [InlineData("3fffffffffffffff", true)]
    [InlineData("4000000000000001", false)]
    [InlineData("bfffffffffffffff", true)]
    public void Share_is_of_the_ids_first_8_bytes(string first, bool isIn) => Assert.Equal(
        isIn,
        TraceSampling.Parse("traceidratio", "0.5")
            .Samples(ActivityTraceId.CreateFromString($"{first}ffffffffffffffff"), null));

    [Fact]
    public void Share_of_runs_is_about_what_is_asked_for()
    {
        var sampling = TraceSampling.Parse("parentbased_traceidratio", "0.1");

        var sampled = Enumerable.Range(0, 10_000)
            .Select(i => RunId.From("line-count", i.ToString(CultureInfo.InvariantCulture)))
            .Count(run => sampling.Samples(TraceIds.TraceOf(run), null));

        Assert.InRange(sampled, 850, 1_150);
    }
}
