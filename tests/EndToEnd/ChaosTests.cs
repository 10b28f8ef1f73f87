using Jobs.Core.Runs;

namespace Jobs.Tests.EndToEnd;

/// <summary>Everything goes wrong at once, and nothing comes of it.</summary>
public sealed class ChaosTests
{
    private const int Uploads = 50;

    [Fact]
    public async Task Fifty_uploads_under_every_fault_at_once_end_well_none_lost_and_none_twice()
    {
        var stack = new JobsLaptop(new Emulator.Chaos.ChaosOptions
        {
            Spot = 0.15,
            Kill = 0.1,
            Throttle = 0.1,
            Capacity = 0.1,
            LostAnswer = 0.1,
            Duplicate = 0.15,
            Delay = 0.15,
            DropStopped = 0.15,
            Crash = 0.05,
        });
        await stack.InitializeAsync();
        try
        {
            var runs = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(i => stack.StartAsync("brief", $"{i}", $"content {i}")));
            await stack.WaitAsync("all runs to be over", async () => await AreOverAsync(stack, runs) ? stack : null);

            var readings = await Task.WhenAll(runs.Select(id => stack.ReadAsync(id)));
            Assert.All(readings, (reading, i) => Assert.Equal((RunState.Succeeded, $"content {i}"), (reading!.Run.State, JobsLaptop.Result(reading))));
            Assert.Equal(Uploads, (await stack.Laptop.Runs.RecentAsync("brief", 2 * Uploads, CancellationToken.None)).Count);
            var finished = (await stack.TasksAsync()).Where(task => task.Containers.Single(c => c.Name == "worker").ExitCode == 0).ToList();
            Assert.Equal(finished.Count, finished.Select(task => task.StartedBy.Split('/')[1]).Distinct().Count());
            Assert.Contains(await stack.HopsAsync(), hop => hop.Contains(" Chaos ", StringComparison.Ordinal));
        }
        finally
        {
            await stack.DisposeAsync();
        }
    }

    /// <summary>Whether all are; if not, those that wait are due and a tick looks at them.</summary>
    private static async Task<bool> AreOverAsync(JobsLaptop stack, RunId[] runs)
    {
        var readings = await Task.WhenAll(runs.Select(id => stack.ReadAsync(id)));
        if (readings.All(reading => reading is { Run: { IsOver: true, Owed.IsEmpty: true } })) return true;
        foreach (var reading in readings.Where(reading => reading is { Run: { State: RunState.Pending or RunState.Starting or RunState.Running } }))
        {
            await stack.DueNowAsync(reading!.Run.Id);
        }

        using var tick = await stack.TryTickAsync();
        return false;
    }
}
