using Jobs.Aws.Layout;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What a person has done to a run reads back as it was written.</summary>
public sealed class RunItemTests
{
    [Fact]
    public void Senders_and_a_size_of_its_own_read_back()
    {
        var policy = Sample.In(RunState.Running).Policy with { Cpu = 4_096, MemoryMiB = 16_384, HasOwnSize = true };
        var run = Sample.In(RunState.Running) with
        {
            By = "user/alice (AIDAEXAMPLE)",
            Cancelled = new Cancellation(Sample.Now, "user/bob"),
            Policy = policy,
        };

        var read = RunItems.Read(RunItems.Write(run));
        Assert.Equal((run.By, run.Cancelled, policy), (read.By, read.Cancelled, read.Policy));
        var older = RunItems.Read(RunItems.Write(Sample.In(RunState.Running)));
        Assert.Equal((null, null, false), (older.By, older.Cancelled, older.Policy.HasOwnSize));
    }

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
