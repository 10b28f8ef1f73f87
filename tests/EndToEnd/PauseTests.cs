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
public sealed class PauseTests : IAsyncLifetime
{
    private readonly RunningLaptop _stack = new();
    private JobsCommand _jobs = null!;

    public async Task InitializeAsync()
    {
        await _stack.InitializeAsync();
        _jobs = new JobsCommand(_stack);
        await _jobs.CatalogAsync();
    }

    public async Task DisposeAsync()
    {
        _jobs.Dispose();
        await _stack.DisposeAsync();
    }

    [Fact]
    public async Task Upload_waits_without_a_task_until_its_job_is_resumed()
    {
        await PauseAsync("csv-import");
        var id = await _stack.UploadAsync("csv-import", "incoming/paused.csv", "name,age\nAda,36\n");
        var waiting = await _stack.WaitAsync(
            "the run that waits", async () => await _stack.Laptop.Runs.ReadAsync(id, default));
        await _stack.TickAsync();
        Assert.Equal((RunState.Pending, 0), (waiting.Run.State, waiting.Run.Launch));
        Assert.DoesNotContain(_stack.Calls, call => call.Operation == "RunTask");
        var (_, shown, _) = await _jobs.RunAsync("show", id.ToString());
        Assert.Contains($"paused by laptop/{Environment.UserName}", shown, StringComparison.Ordinal);
        Assert.Contains("The source is migrated.", shown, StringComparison.Ordinal);

        await _jobs.RunAsync("resume", "csv-import");

        var ended = await _stack.EndOfAsync(id);
        Assert.Equal((RunState.Succeeded, 1), (ended.Run.State, ended.Run.Launch));
        (_, shown, _) = await _jobs.RunAsync("show", id.ToString());
        Assert.Contains($"its job is paused by laptop/{Environment.UserName}", shown, StringComparison.Ordinal);
        Assert.Empty(await _stack.MailAsync("stuck"));
    }

    [Fact]
    public async Task Planned_time_of_a_paused_schedule_waits_and_is_not_missing()
    {
        const string Planned = "2026-01-05T09:00:00Z";
        var id = Scheduler.IdOf(
            new ScheduleKey("hourly-report", "rate-1-hour"),
            DateTimeOffset.Parse(Planned, CultureInfo.InvariantCulture));
        await PauseAsync("hourly-report", "--schedule", "rate-1-hour");
        await _stack.Queues.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = _stack.Resource("JobsFunctionsSchedulesQueue"),
            MessageBody = $$"""{"job": "hourly-report", "schedule": "rate-1-hour", "plannedAt": "{{Planned}}"}""",
        });
        await _stack.WaitAsync("the planned time that has come", async () =>
            (await _jobs.JsonAsync("status", "--json"))["schedules"]![0]!["last"]);
        await _stack.TickAsync();
        Assert.Null(await _stack.Laptop.Runs.ReadAsync(id, default));

        await _jobs.RunAsync("resume", "hourly-report", "--schedule", "rate-1-hour");
        var ended = await _stack.WaitAsync("the end of the run that waited", async () =>
        {
            await _stack.TickAsync();
            return await _stack.Laptop.Runs.ReadAsync(id, default) is { Run.IsOver: true } reading ? reading : null;
        });
        Assert.Equal(RunState.Succeeded, ended.Run.State);
        Assert.Empty(await _stack.MailAsync("missing"));
    }

    /// <summary>Pauses, and waits until that is carried out.</summary>
    private async Task PauseAsync(string job, params string[] options)
    {
        await _jobs.RunAsync(["pause", job, .. options, "--reason", "The source is migrated."]);
        await _stack.WaitAsync("the pause", async () =>
            (await _jobs.JsonAsync("status", "--json"))["pauses"]!.AsArray() is { Count: > 0 } pauses ? pauses : null);
    }
}
