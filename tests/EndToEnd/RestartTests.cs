using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>What the laptop stored is there again after it was stopped and started.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Run_and_object_survive_a_restart_of_everything()
    {
        var before = new RunningLaptop();
        await before.InitializeAsync();
        var id = await before.UploadAsync("csv-import", "incoming/kept.csv", "a\n1\n");
        await before.EndOfAsync(id);
        await before.StopAsync();

        var after = before.Restarted();
        await after.InitializeAsync();
        try
        {
            var reading = await after.Laptop.Runs.ReadAsync(id, CancellationToken.None);
            Assert.Equal(RunState.Succeeded, reading!.Run.State);
            Assert.NotNull(reading.Worker!.ResultJson);
            Assert.Equal(
                4,
                (await after.Laptop.S3.GetObjectMetadataAsync(after.Laptop.Bucket, "incoming/kept.csv")).ContentLength);

            var next = await after.UploadAsync("csv-import", "incoming/next.csv", "a\n1\n");
            Assert.Equal(RunState.Succeeded, (await after.EndOfAsync(next)).Run.State);
        }
        finally
        {
            await after.DisposeAsync();
        }
    }
}
