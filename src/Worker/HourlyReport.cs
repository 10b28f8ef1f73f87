using System.Globalization;
using System.Text;
using System.Text.Json;
using Jobs.Worker.Inventory;

namespace Jobs.Worker;

/// <summary>
/// Every hour, an inventory of the bucket: how many objects and bytes there are, by the first part of the key and by
/// the day of writing. Written to reports/inventory/ as CSV and JSON; any number of objects needs little memory,
/// because only the sums are kept.
/// </summary>
[Job(Cpu = 256, MemoryMiB = 512, TimeoutMinutes = 30)]
[OnSchedule("rate(1 hour)")]
[Lists("")]
[Writes("reports/inventory/")]
public sealed class HourlyReport : IJob<ScheduledTime, InventorySummary>
{
    private const string Folder = "reports/inventory/";

    private static readonly WorkerJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    });

    public async Task<InventorySummary> RunAsync(ScheduledTime time, JobContext job, CancellationToken stop)
    {
        var inventory = new BucketInventory();
        await foreach (var listed in job.ListAsync("", stop))
        {
            inventory.Add(listed);
            if (inventory.Total.Objects % 10_000 == 0)
            {
                job.Progress(
                    null, string.Create(CultureInfo.InvariantCulture, $"{inventory.Total.Objects:N0} objects"));
            }
        }

        // The planned time names the report, so that a second attempt replaces the first one's.
        var name = Folder + time.PlannedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm'Z'", CultureInfo.InvariantCulture);
        await WriteAsync(job, $"{name}.csv", inventory.ToCsv(), "text/csv", stop);
        var summary = inventory.Summarize(time.PlannedAt, $"{name}.csv");
        var json = JsonSerializer.Serialize(summary, Json.InventorySummary);
        await WriteAsync(job, $"{name}.json", json, "application/json", stop);
        return summary;
    }

    private static async Task WriteAsync(
        JobContext job, string key, string text, string contentType, CancellationToken stop)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await job.WriteAsync(key, content, contentType, stop);
    }
}
