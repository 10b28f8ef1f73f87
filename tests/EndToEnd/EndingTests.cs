using System.Diagnostics;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Every run ends well: whatever becomes of its attempts, through the wire.</summary>
[Collection(JobsCollection.Name)]
public sealed class EndingTests(JobsLaptop stack)
{
    [Fact]
    public async Task Failing_attempt_is_repeated_and_the_next_one_succeeds()
    {
        var id = await stack.StartAsync("flaky", "second", "2");

        var reading = await stack.UntilAsync(id, RunState.Succeeded);

        Assert.Equal("attempt 2", JobsLaptop.Result(reading));
        Assert.Equal((2, 2), (reading.Run.Attempt, reading.Run.Launch));
        var first = Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None));
        Assert.Equal("Attempt 1 of 2 fails.", first.Error!.Message);
        Assert.Empty(await stack.MailAsync(id.ToString()));
    }

    [Fact]
    public async Task Run_whose_attempts_are_spent_fails_for_good_and_one_email_says_so()
    {
        var id = await stack.StartAsync("flaky", "never", "99");

        var reading = await stack.UntilAsync(id, RunState.Failed);

        Assert.Equal((3, VerdictClass.JobFailed), (reading.Run.Launch, reading.Run.Verdict!.Class));
        Assert.Equal(3, (await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None)).Count);
        var letter = Assert.Single(await stack.MailAsync(id.ToString()));
        Assert.Contains("Attempt 3 of 99 fails.", letter, StringComparison.Ordinal);
    }

    [ProcessFact]
    public async Task Run_of_a_job_that_the_laptop_cannot_run_fails_at_once_and_says_why()
    {
        const string Why = "foreign does not run here. CannotPullContainerError: example.com/etl:1 is an image from a " +
            "registry, and takes a container engine. Start with --containers.";
        var id = await stack.StartAsync("foreign", "one");

        var reading = await stack.UntilAsync(id, RunState.Failed);

        Assert.Equal((1, VerdictClass.Misconfigured), (reading.Run.Launch, reading.Run.Verdict!.Class));
        Assert.Contains(Why, reading.Run.Verdict.Sentence, StringComparison.Ordinal);
        // An e-mail breaks its lines.
        var letter = Assert.Single(await stack.MailAsync(id.ToString()));
        Assert.Contains("example.com/etl:1", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempt_past_its_timeout_is_stopped_and_the_job_is_told_why()
    {
        var id = await stack.StartAsync("slow", "timeout");
        await stack.RunsAsync("slow", "timeout");
        await stack.UntilAsync(id, RunState.Running);

        await stack.AgeAsync(id, TimeSpan.FromHours(1));
        var reading = await stack.UntilAsync(id, RunState.TimedOut);

        Assert.Equal("\"TimedOut\"", reading.Worker!.CheckpointJson);
        Assert.Equal(77, Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None)).ExitCode);
        Assert.Single(await stack.MailAsync(id.ToString()));
    }

    [Fact]
    public async Task Cancelled_run_stops_its_task_and_keeps_what_it_had_recorded()
    {
        var id = await stack.StartAsync("slow", "cancel");
        await stack.RunsAsync("slow", "cancel");

        await stack.CancelAsync(id);
        var reading = await stack.UntilAsync(id, RunState.Cancelled);

        Assert.Equal("\"Cancelled\"", reading.Worker!.CheckpointJson);
        Assert.Equal(76, Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None)).ExitCode);
        Assert.Empty(await stack.MailAsync(id.ToString()));
    }

    [Fact]
    public async Task Job_that_does_not_listen_is_left_behind_before_it_is_killed()
    {
        var id = await stack.StartAsync("stubborn", "cancel");
        await stack.RunsAsync("stubborn", "cancel");

        await stack.CancelAsync(id);
        var reading = await stack.UntilAsync(id, RunState.Cancelled);

        Assert.StartsWith("The job did not end in time", reading.Worker!.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(76, Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None)).ExitCode);
    }

    [ProcessFact]
    public async Task Container_above_its_memory_is_killed_and_the_next_attempt_has_more()
    {
        var id = await stack.StartAsync("hungry", "grows", "600");

        var reading = await stack.UntilAsync(id, RunState.Succeeded);

        Assert.Equal("600 MiB in launch 2", JobsLaptop.Result(reading));
        Assert.Equal((1, 1_024), (reading.Run.Attempt, reading.Run.Size.MemoryMiB));
        var first = Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None));
        Assert.Equal((VerdictClass.OutOfMemory, 137), (first.Verdict.Class, first.ExitCode));
    }

    [Fact]
    public async Task Interrupted_spot_task_goes_on_demand_from_its_checkpoint_and_spends_no_attempt()
    {
        var id = await stack.StartAsync("slow-on-spot", "interrupted");
        await stack.RunsAsync("slow-on-spot", "interrupted");
        var spot = Assert.Single(await stack.TasksAsync(), task => task.StartedBy == $"{id}/1");
        Assert.Equal("FARGATE_SPOT", spot.CapacityProviderName);

        await stack.InterruptAsync(spot.TaskArn);
        // Without a tick of its own, which would launch the run again before it answers.
        await stack.WaitAsync(
            "the end of the first attempt",
            async () =>
                await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None) is { Count: 1 } ended ? ended : null);
        await stack.OpenGateAsync("slow-on-spot", "interrupted");
        var reading = await stack.UntilAsync(id, RunState.Succeeded);

        Assert.Equal("Interrupted 2", JobsLaptop.Result(reading));
        Assert.Equal((1, 1), (reading.Run.Attempt, reading.Run.Interruptions));
        Assert.NotEqual(
            "FARGATE_SPOT",
            Assert.Single(await stack.TasksAsync(), task => task.StartedBy == $"{id}/2").CapacityProviderName);
        var first = Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None));
        Assert.Equal((VerdictClass.SpotInterruption, 75), (first.Verdict.Class, first.ExitCode));
    }

    [ProcessFact]
    public async Task Worker_killed_in_mid_run_is_repeated()
    {
        var id = await stack.StartAsync("slow", "killed");

        Process.GetProcessById(JobsLaptop.ProcessId(await stack.RunsAsync("slow", "killed"))).Kill();
        await stack.OpenGateAsync("slow", "killed");
        var reading = await stack.UntilAsync(id, RunState.Succeeded);

        Assert.Equal("none 2", JobsLaptop.Result(reading));
        Assert.Equal(137, Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None)).ExitCode);
    }
}
