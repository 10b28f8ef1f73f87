using Jobs.Aws.Layout;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What a person has done to a run reads back as it was written.</summary>
public sealed class RunItemTests
{
    [Theory]
    [InlineData("user/alice")]
    [InlineData(null)]
    public void Time_of_a_pause_reads_back(string? by)
    {
        var paused = new PausedTime(Sample.Now.AddHours(-2), Sample.Now, TimeSpan.FromMinutes(150)) { By = by };
        var run = Sample.In(RunState.Running) with { Paused = paused };

        Assert.Equal(paused, RunItems.Read(RunItems.Write(run)).Paused);
        Assert.Null(RunItems.Read(RunItems.Write(run with { Paused = null })).Paused);
    }
}
