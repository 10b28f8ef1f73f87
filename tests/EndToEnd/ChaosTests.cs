using Jobs.Core.Runs;
using Jobs.Emulator.Chaos;

namespace Jobs.Tests.EndToEnd;

/// <summary>What chaos takes away, the tick brings back.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task End_that_ecs_never_announced_is_found_by_the_tick()
    {
        await using var stack = new JobsLaptop(new ChaosOptions { DropStopped = 1 });
        await stack.InitializeAsync();
        var id = await stack.StartAsync("flaky", "unheard", "2");

        var reading = await stack.UntilAsync(id, RunState.Succeeded);

        Assert.Equal("attempt 2", JobsLaptop.Result(reading));
    }
}
