using System.Text;

namespace Acme.Worker;

/// <summary>Writes each hour how many texts lie below incoming/.</summary>
[Job(Cpu = 256, MemoryMiB = 512, TimeoutMinutes = 15)]
[OnSchedule("rate(1 hour)")]
[Lists("incoming/")]
[Writes("reports/")]
public sealed class HourlyReport : IJob<ScheduledTime, HourlyReport.Listed>
{
    public sealed record Listed(int Objects);

    public async Task<Listed> RunAsync(ScheduledTime time, JobContext job, CancellationToken stop)
    {
        var objects = 0;
        await foreach (var _ in job.ListAsync("incoming/", stop)) objects++;
        // The planned time names the report, so that a second attempt replaces the first one's.
        using var report = new MemoryStream(Encoding.UTF8.GetBytes($"{objects} objects\n"));
        await job.WriteAsync($"reports/{time.PlannedAt:yyyy-MM-dd-HHmm}.txt", report, "text/plain", stop);
        return new(objects);
    }
}
