using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>What becomes of a run whose job needs more memory than it has.</summary>
public sealed class GrowthTests
{
    private const string Killed = "OutOfMemoryError: Container killed due to memory usage";

    private static readonly JobDefinition Job = TestPlane.Job() with
    {
        MemoryMiB = 1_024,
        MaxMemoryMiB = 3_072,
        Retry = new RetryPolicy { Attempts = 1 },
    };

    private readonly TestPlane _plane = new(Job);

    [Fact]
    public async Task Run_out_of_memory_grows_size_by_size_without_spending_an_attempt_and_fails_at_its_limit()
    {
        await _plane.SubmitAsync(Job);
        foreach (var size in (string[])["256/1024", "256/2048", "512/3072"])
        {
            var run = _plane.Run(Job);
            Assert.Equal(
                (RunState.Starting, 1, 0, size),
                (run.State, run.Attempt, run.Interruptions, _plane.TaskOf(run).Launch.Size.ToString()));
            await KillAsync(run);
            await _plane.TickAsync(RunTimings.FreeBackoff);
        }

        var failed = _plane.Run(Job);
        Assert.Equal((RunState.Failed, VerdictClass.OutOfMemory), (failed.State, failed.Verdict!.Class));
        Assert.Contains(
            "It had 3072 MiB, and MaxMemoryMiB = 3072 allows no more. Raise MaxMemoryMiB",
            failed.Verdict.NextStep,
            StringComparison.Ordinal);
        Assert.Contains("MaxMemoryMiB", Assert.Single(_plane.Alerts.Published).Body, StringComparison.Ordinal);
        var attempts = await _plane.Store.AttemptsAsync(failed.Id, CancellationToken.None);
        Assert.Equal(["256/1024", "256/2048", "512/3072"], attempts.Select(attempt => attempt.Size?.ToString()));
        Assert.All(
            attempts,
            attempt => Assert.Equal((1, $$"""{"taskArn":"{{attempt.TaskArn}}"}"""), (attempt.Number, attempt.Ecs)));
    }

    [Fact]
    public async Task Grown_run_keeps_its_size_when_it_is_repeated_for_another_reason()
    {
        var job = Job with { Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 1 } };
        await _plane.SubmitAsync(job);
        await KillAsync(_plane.Run(job));
        await _plane.TickAsync(RunTimings.FreeBackoff);
        await _plane.DeliverAsync(_plane.Run(job), await _plane.FailAsync(_plane.Run(job)));
        await _plane.TickAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(
            (3, 2, "256/2048"),
            (_plane.Run(job).Launch, _plane.Run(job).Attempt, _plane.TaskOf(_plane.Run(job)).Launch.Size.ToString()));
    }

    [Fact]
    public async Task Run_that_may_not_grow_fails_at_once_and_says_how_it_could()
    {
        var job = Job with { MaxMemoryMiB = null };
        await _plane.SubmitAsync(job);
        await KillAsync(_plane.Run(job));

        Assert.Equal(RunState.Failed, _plane.Run(job).State);
        Assert.Contains(
            "It had 1024 MiB. Raise MemoryMiB, set MaxMemoryMiB",
            _plane.Run(job).Verdict!.NextStep,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_of_memory_that_a_rule_forbids_to_repeat_does_not_grow()
    {
        var job = Job with
        {
            Retry = new RetryPolicy { NonRetryable = new RetryMatch { Classes = [VerdictClass.OutOfMemory] } },
        };
        await _plane.SubmitAsync(job);
        await KillAsync(_plane.Run(job));

        Assert.Equal((RunState.Failed, null), (_plane.Run(job).State, _plane.Run(job).Grown));
    }

    [Fact]
    public async Task Out_of_memory_that_a_rule_wants_repeated_grows_first_and_then_spends_attempts()
    {
        var retry = new RetryPolicy
        {
            Attempts = 2,
            BackoffSeconds = 1,
            Retryable = new RetryMatch { Classes = [VerdictClass.OutOfMemory] },
        };
        var job = Job with { MaxMemoryMiB = 2_048, Retry = retry };
        await _plane.SubmitAsync(job);
        foreach (var (attempt, size) in ((int, string)[])[(1, "256/1024"), (1, "256/2048"), (2, "256/2048")])
        {
            Assert.Equal(
                (attempt, size), (_plane.Run(job).Attempt, _plane.TaskOf(_plane.Run(job)).Launch.Size.ToString()));
            await KillAsync(_plane.Run(job));
            await _plane.TickAsync(RunTimings.FreeBackoff);
        }

        Assert.Equal(RunState.Failed, _plane.Run(job).State);
    }

    private Task<Run?> KillAsync(Run run) =>
        _plane.DeliverAsync(run, _plane.Tasks.End(_plane.TaskOf(run).TaskArn, 137, reason: Killed));
}
