using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Lapstack.Chaos;

namespace Jobs.Tests.EndToEnd;

/// <summary>Everything goes wrong at once, and nothing comes of it.</summary>
public sealed class ChaosTests
{
    private const int Uploads = 50;

    [Fact]
    public async Task Fifty_uploads_under_every_fault_at_once_end_well_none_lost_and_none_twice()
    {
        await using var stack = await StartAsync(new ChaosOptions
        {
            Spot = 0.15,
            Kill = 0.1,
            Throttle = 0.1,
            Capacity = 0.1,
            LostAnswer = 0.1,
            Duplicate = 0.15,
            Delay = 0.15,
            DropStopped = 0.15,
            Crash = 0.03,
        });
        var runs = await Task.WhenAll(
            Enumerable.Range(0, Uploads).Select(i => stack.StartAsync("brief", $"{i}", $"content {i}")));
        await stack.WaitAsync(
            "all runs to be over",
            async () => await AreOverAsync(stack, runs) ? stack : null,
            2 * RunningLaptop.Patience);

        var readings = await Task.WhenAll(runs.Select(stack.ReadAsync));
        Assert.All(
            readings,
            (reading, i) =>
                Assert.Equal((RunState.Succeeded, $"content {i}"), (reading!.Run.State, JobsLaptop.Result(reading))));
        Assert.Equal(Uploads, (await stack.HistoryAsync("brief")).Count);
        var finished = (await stack.TasksAsync())
            .Where(task => task.Containers.Single(c => c.Name == "worker").ExitCode == 0)
            .ToList();
        Assert.Equal(finished.Count, finished.Select(task => task.StartedBy.Split('/')[1]).Distinct().Count());
        Assert.Contains(await stack.HopsAsync(), hop => hop.Contains(" Chaos ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task End_that_ecs_never_announced_is_found_by_the_tick()
    {
        await using var stack = await StartAsync(new ChaosOptions { DropStopped = 1 });
        var id = await stack.StartAsync("flaky", "unannounced", "2");

        var reading = await stack.UntilAsync(id, RunState.Succeeded);

        Assert.Equal("attempt 2", JobsLaptop.Result(reading));
    }

    private static async Task<JobsLaptop> StartAsync(ChaosOptions chaos)
    {
        var stack = new JobsLaptop(chaos);
        await stack.InitializeAsync();
        return stack;
    }

    /// <summary>Whether all are; if not, those that wait are due and a tick looks at them.</summary>
    private static async Task<bool> AreOverAsync(JobsLaptop stack, RunId[] runs)
    {
        var readings = await Task.WhenAll(runs.Select(stack.ReadAsync));
        if (readings.All(reading => reading is { Run: { IsOver: true, Owed.IsEmpty: true } })) return true;
        foreach (var id in runs) await stack.DueNowAsync(id);

        using var tick = await stack.TryTickAsync();
        return false;
    }
}
