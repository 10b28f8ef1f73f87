using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>What the sweep finds when an event or a process was lost.</summary>
[Collection(LaptopCollection.Name)]
public sealed class SweepTests(RunningLaptop stack)
{
    [Fact]
    public async Task Intent_without_a_task_is_launched_by_the_tick()
    {
        var id = RunId.From("csv-import", "sweep", "lost-launch");
        await stack.Laptop.S3.PutObjectAsync(
            new() { BucketName = stack.Laptop.Bucket, Key = "elsewhere/lost.csv", ContentBody = "a\n1\n" });
        var policy = RunPolicy.Of(
            new JobDefinition("csv-import") { Cpu = 512, MemoryMiB = 1_024, TimeoutMinutes = 30 });
        var input = new Upload(stack.Laptop.Bucket, "incoming/lost.csv").ToJson();
        // As if the function had died between writing the intent and calling RunTask, five minutes ago.
        var intent = RunLifecycle.Submit(
            id,
            "test",
            policy,
            input,
            new LaunchPermit(null),
            TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5));
        Assert.True(await stack.Laptop.Runs.CreateAsync(intent, CancellationToken.None));

        await stack.TickAsync();

        var reading = await stack.EndOfAsync(id);
        Assert.NotNull(reading.Run.TaskArn);
        Assert.Equal(RunState.Failed, reading.Run.State);
        Assert.Contains("incoming/lost.csv", reading.Run.Verdict!.Sentence, StringComparison.Ordinal);
    }
}
