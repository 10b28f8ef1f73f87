using Acme.Worker;

namespace Acme.Tests;

public sealed class HourlyReportTests
{
    [Fact]
    public async Task Report_is_named_after_its_planned_time()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\n" } };

        var listed = await env.RunAsync(
            new HourlyReport(), new ScheduledTime("hourly", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)));

        Assert.Equal(1, listed.Objects);
        Assert.Equal("1 objects\n", env.Objects["reports/2026-01-05-0800.txt"].Text);
    }
}
