using System.Globalization;
using Amazon.SQS.Model;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// A pause from the command line to the task that is not started. On a laptop of its own: the processes of another know
/// what is paused for half a minute.
/// </summary>
public sealed class PauseTests(RunningLaptop stack) : IClassFixture<RunningLaptop>
{
    [Fact]
    public async Task Upload_waits_without_a_task_until_its_job_is_resumed()
    {
        using var jobs = new JobsCommand(stack);
        await PauseAsync(jobs, "csv-import");
        var id = await stack.UploadAsync("csv-import", "incoming/paused.csv", "name,age\nAda,36\n");
        var waiting = await stack.WaitAsync(
            "the run that waits", async () => await stack.Laptop.Runs.ReadAsync(id, default));
        await stack.TickAsync();
        Assert.Equal((RunState.Pending, 0), (waiting.Run.State, waiting.Run.Launch));
        Assert.DoesNotContain("OnUpload RunTask", CallCountTests.CallsOf(stack, id));
        var (_, shown, _) = await jobs.RunAsync("show", id.ToString());
        Assert.Contains($"paused by laptop/{Environment.UserName}", shown, StringComparison.Ordinal);
        Assert.Contains("The source is migrated.", shown, StringComparison.Ordinal);

        await jobs.RunAsync("resume", "csv-import");

        var ended = await stack.EndOfAsync(id);
        Assert.Equal((RunState.Succeeded, 1), (ended.Run.State, ended.Run.Launch));
        (_, shown, _) = await jobs.RunAsync("show", id.ToString());
        Assert.Contains($"its job is paused by laptop/{Environment.UserName}", shown, StringComparison.Ordinal);
        Assert.Empty(await stack.MailAsync("stuck"));
    }

    [Fact]
    public async Task Planned_time_of_a_paused_schedule_waits_and_is_not_missing()
    {
        const string Planned = "2026-01-05T09:00:00Z";
        var id = Scheduler.IdOf(
            new ScheduleKey("hourly-report", "rate-1-hour"),
            DateTimeOffset.Parse(Planned, CultureInfo.InvariantCulture));
        using var jobs = new JobsCommand(stack);
        await PauseAsync(jobs, "hourly-report", "--schedule", "rate-1-hour");
        await stack.Queues.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = stack.Resource("JobsFunctionsSchedulesQueue"),
            MessageBody = $$"""{"job": "hourly-report", "schedule": "rate-1-hour", "plannedAt": "{{Planned}}"}""",
        });
        await stack.WaitAsync("the planned time that has come", async () =>
            (await jobs.JsonAsync("status", "--json"))["schedules"]![0]!["last"]);
        await stack.TickAsync();
        Assert.Null(await stack.Laptop.Runs.ReadAsync(id, default));

        await jobs.RunAsync("resume", "hourly-report", "--schedule", "rate-1-hour");
        var ended = await stack.WaitAsync("the end of the run that waited", async () =>
        {
            await stack.TickAsync();
            return await stack.Laptop.Runs.ReadAsync(id, default) is { Run.IsOver: true } reading ? reading : null;
        });
        Assert.Equal(RunState.Succeeded, ended.Run.State);
        Assert.Empty(await stack.MailAsync("missing"));
    }

    /// <summary>Pauses, and waits until that is carried out.</summary>
    private async Task PauseAsync(JobsCommand jobs, string job, params string[] options)
    {
        await jobs.CatalogAsync();
        await jobs.RunAsync(["pause", job, .. options, "--reason", "The source is migrated."]);
        await stack.WaitAsync("the pause", async () =>
            (await jobs.JsonAsync("status", "--json"))["pauses"]!.AsArray() is { Count: > 0 } pauses ? pauses : null);
    }
}
