using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>The functions as the native program that is deployed, each of them once.</summary>
public sealed class NativeTests
{
    private const string Planned = "2026-01-05T01:30:00Z";

    [NativeFact]
    public async Task Every_function_does_its_work_as_a_native_program()
    {
        await using var laptop = new NativeLaptop();
        await laptop.InitializeAsync();

        Assert.InRange(laptop.Program.Glibc!, new Version(2, 0), new Version(2, 34));
        await UploadStartsAsync(laptop);
        await PlannedTimeStartsAsync(laptop);
        await EventStartsAsync(laptop);
        await MessageIsHandledAsync(laptop);
        await CommandStartsAsync(laptop);
    }

    private static async Task UploadStartsAsync(NativeLaptop laptop)
    {
        var id = await laptop.UploadAsync("brief", "brief/native.txt", "natively");

        var reading = await laptop.EndOfAsync(id);

        Assert.Equal((RunState.Succeeded, 1), (reading.Run.State, reading.Run.Launch));
        Assert.Equal("natively", JobsLaptop.Result(reading));
    }

    /// <summary>The tick watches the schedule, in a zone that it finds beside it alone.</summary>
    private static async Task PlannedTimeStartsAsync(NativeLaptop laptop)
    {
        await laptop.TickAsync();
        await SendAsync(
            laptop,
            laptop.Resource("JobsFunctionsSchedulesQueue"),
            $$"""{"job": "brief", "schedule": "{{NativeLaptop.Schedule}}", "plannedAt": "{{Planned}}"}""");

        var reading = await laptop.EndOfAsync(Scheduler.IdOf(
            new ScheduleKey("brief", NativeLaptop.Schedule),
            DateTimeOffset.Parse(Planned, CultureInfo.InvariantCulture)));

        Assert.Equal($"schedule {NativeLaptop.Schedule} 2026-01-05T01:30Z", reading.Run.Trigger);
    }

    private static async Task EventStartsAsync(NativeLaptop laptop)
    {
        await SendAsync(laptop, laptop.Resource("JobsFunctionsEventsQueue"), EventTests.Message("native", 7));

        Assert.Equal(RunState.Succeeded, (await laptop.EndOfAsync(EventIntake.IdOf("answer", "native"))).Run.State);
    }

    private static async Task MessageIsHandledAsync(NativeLaptop laptop)
    {
        await SendAsync(laptop, laptop.Laptop.Output(OutputNames.QueuePrefix + "Counted"), """{"number":7}""");
        await laptop.BacklogAsync();

        await laptop.WaitAsync(
            "the message to be handled", () => laptop.Laptop.S3.ReadTextAsync(laptop.Laptop.Bucket, "handled/7/1"));
    }

    private static async Task CommandStartsAsync(NativeLaptop laptop)
    {
        using var jobs = new JobsCommand(laptop);
        await jobs.CatalogAsync();
        var input = new JsonObject { ["bucket"] = laptop.Laptop.Bucket, ["key"] = "brief/native.txt" };

        var submitted = await jobs.JsonAsync("submit", "brief", "--input", input.ToJsonString(), "--json");

        var reading = await laptop.EndOfAsync(RunId.Parse((string)submitted["run"]!));
        Assert.Equal((RunState.Succeeded, "natively"), (reading.Run.State, JobsLaptop.Result(reading)));
    }

    private static async Task SendAsync(NativeLaptop laptop, string queue, string body) =>
        await laptop.Queues.SendMessageAsync(new SendMessageRequest { QueueUrl = queue, MessageBody = body });
}
