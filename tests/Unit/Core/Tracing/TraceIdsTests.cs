using Jobs.Core.Ids;
using Jobs.Core.Tracing;

namespace Jobs.Tests.Unit.Core.Tracing;

/// <summary>They never change: processes of two versions must say the same of one run.</summary>
public sealed class TraceIdsTests
{
    private static readonly RunId Run = RunId.Parse("line-count/00000000000000000000000000");

    [Fact]
    public void Trace_is_the_first_half_of_the_runs_hash() =>
        Assert.Equal("957967af931e5eb8975c2cd00b16a7bd", TraceIds.TraceOf(Run).ToHexString());

    [Fact]
    public void Root_is_the_quarter_behind_it() =>
        Assert.Equal("cf2ffff24c247174", TraceIds.RootOf(Run).ToHexString());

    [Fact]
    public void Attempt_is_derived_from_its_launch()
    {
        Assert.Equal("9546c7c16f37fa9e", TraceIds.AttemptOf(new LaunchId(Run, 1)).ToHexString());
        Assert.NotEqual(TraceIds.AttemptOf(new LaunchId(Run, 1)), TraceIds.AttemptOf(new LaunchId(Run, 2)));
    }
}
