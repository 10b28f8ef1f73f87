using System.Text.Json;
using Jobs.Worker;
using Jobs.Worker.Inventory;

namespace Jobs.Tests.Unit.Worker;

public sealed class HourlyReportTests
{
    private static readonly ScheduledTime Nine = new(
        "rate-1-hour", new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Bucket_is_counted_by_first_part_and_by_day()
    {
        var clock = new ManualClock();
        var env = new JobTestEnvironment(clock)
        {
            Objects = { ["incoming/a.csv"] = "12345", ["incoming/deep/b.csv"] = "123", ["readme"] = "1" },
        };
        clock.Advance(TimeSpan.FromDays(1));
        env.Objects["photos/c.jpg"] = "1234567890";
        env.Objects["incoming/a.csv"] = "1234";

        var summary = await env.RunAsync(new HourlyReport(), Nine);

        Assert.Equal((4, 18), (summary.Objects, summary.Bytes));
        Assert.Equal(
            [new("photos/", 1, 10), new("incoming/", 2, 7), new(BucketInventory.Root, 1, 1)], summary.ByPrefix);
        Assert.Equal([new("2026-01-06", 2, 14), new("2026-01-05", 2, 4)], summary.ByDay);
    }

    [Fact]
    public async Task Report_is_written_as_csv_and_json_under_its_planned_time()
    {
        var env = new JobTestEnvironment(new ManualClock()) { Objects = { ["a,b/c.txt"] = "123" } };

        var summary = await env.RunAsync(new HourlyReport(), Nine);

        Assert.Equal("reports/inventory/2026-01-05T09-00Z.csv", summary.Report);
        Assert.Equal(
            "by,name,objects,bytes\r\nprefix,\"a,b/\",1,3\r\nday,2026-01-05,1,3\r\n", env.Objects[summary.Report].Text);
        var json = JsonDocument.Parse(env.Objects["reports/inventory/2026-01-05T09-00Z.json"].Text).RootElement;
        Assert.Equal(3, json.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Empty_bucket_is_a_report_too()
    {
        var env = new JobTestEnvironment(new ManualClock());

        var summary = await env.RunAsync(new HourlyReport(), Nine);

        Assert.Equal((0, 0), (summary.Objects, summary.ByPrefix.Count));
        Assert.Equal("by,name,objects,bytes\r\n", env.Objects[summary.Report].Text);
    }

    [Fact]
    public void Result_shows_the_largest_and_the_newest_only()
    {
        var inventory = new BucketInventory();
        for (var i = 0; i < 100; i++)
        {
            inventory.Add(new ListedObject($"p{i:00}/x", i, DateTimeOffset.UnixEpoch.AddDays(i)));
        }

        var summary = inventory.Summarize(Nine.PlannedAt, "report.csv");

        Assert.Equal(("p99/", "1970-04-10"), (summary.ByPrefix[0].Name, summary.ByDay[0].Name));
        Assert.Equal(
            (InventorySummary.MaxRows, InventorySummary.MaxRows), (summary.ByPrefix.Count, summary.ByDay.Count));
        Assert.Equal(201, inventory.ToCsv().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
