using System.Globalization;
using System.Text.Json;
using Amazon.SQS.Model;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// From what a schedule sends to its run. That the rule sends it, and when, the emulator's own tests hold.
/// </summary>
[Collection(LaptopCollection.Name)]
public sealed class ScheduleTests(RunningLaptop stack)
{
    private const string Planned = "2026-01-05T09:00:00Z";

    [Fact]
    public async Task Planned_time_that_comes_twice_makes_one_inventory_of_the_bucket()
    {
        await stack.UploadAsync("csv-import", "inventory/one.txt", "12345");
        var id = Scheduler.IdOf(
            new ScheduleKey("hourly-report", "rate-1-hour"),
            DateTimeOffset.Parse(Planned, CultureInfo.InvariantCulture));

        for (var i = 0; i < 2; i++)
        {
            await stack.Queues.SendMessageAsync(new SendMessageRequest
            {
                QueueUrl = stack.Resource("JobsFunctionsSchedulesQueue"),
                MessageBody = $$"""{"job": "hourly-report", "schedule": "rate-1-hour", "plannedAt": "{{Planned}}"}""",
            });
        }

        var reading = await stack.EndOfAsync(id);
        Assert.Equal(
            (RunState.Succeeded, 1, "schedule rate-1-hour 2026-01-05T09:00Z"),
            (reading.Run.State, reading.Run.Launch, reading.Run.Trigger));
        var result = JsonDocument.Parse(reading.Worker!.ResultJson!).RootElement;
        Assert.Contains(
            result.GetProperty("byPrefix").EnumerateArray(),
            count =>
                count.GetProperty("name").GetString() == "inventory/" && count.GetProperty("bytes").GetInt64() == 5);
        var report = await stack.Laptop.S3.ReadTextAsync(
            stack.Laptop.Bucket, result.GetProperty("report").GetString()!);
        Assert.Contains("prefix,inventory/,1,5", report, StringComparison.Ordinal);
    }
}
