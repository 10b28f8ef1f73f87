using System.Net;
using Jobs.Cli.Ports;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Workers;
using Jobs.Page.Ground;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Pages;

/// <summary>What each view says of a stack in memory.</summary>
public sealed class ViewTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&";

    [Fact]
    public async Task Overview_has_what_triggers_what_with_numbers()
    {
        await using var page = await RunningPage.StartAsync();
        await page.Jobs.AddAsync("csv-import", "a", RunState.Running);
        await page.Jobs.AddAsync("csv-import", "b", RunState.Failed);

        var view = await page.ReadAsync("/");

        Assert.Contains("incoming/*.csv", view, StringComparison.Ordinal);
        Assert.Contains("rate(1 hour)", view, StringComparison.Ordinal);
        Assert.Contains(">1 running</a>", view, StringComparison.Ordinal);
        Assert.Contains(">1 failed</a>", view, StringComparison.Ordinal);
        Assert.Contains("The file is empty.", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_that_has_not_said_its_jobs_yet_is_shown_without_them()
    {
        await using var page = await RunningPage.StartAsync();
        page.Stack.Catalog = null;

        Assert.Contains("The jobs are not known yet", await page.ReadAsync("/"), StringComparison.Ordinal);
        using var queues = await page.GetAsync("/queues");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, queues.StatusCode);
    }

    [Fact]
    public async Task Runs_are_filtered_and_searched()
    {
        await using var page = await RunningPage.StartAsync();
        var failed = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);
        var done = await page.Jobs.AddAsync("csv-import", "b", RunState.Succeeded);

        var all = await page.ReadAsync("/runs");
        var some = await page.ReadAsync("/runs?job=csv-import&state=failed&since=7d&in=error&text=is%20EMPTY");

        Assert.Contains(done.Id.Key, all, StringComparison.Ordinal);
        Assert.Contains(failed.Id.Key, some, StringComparison.Ordinal);
        Assert.DoesNotContain(done.Id.Key, some, StringComparison.Ordinal);
        Assert.Contains("value=\"is EMPTY\"", some, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_is_found_by_the_beginning_of_its_id()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);

        var view = await page.ReadAsync($"/runs?in=run&text={run.Id.Key[..5]}");

        Assert.Contains($"r-{run.Id.Key}", view, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/runs?job=csv-imporr", "did you mean")]
    [InlineData("/runs?state=faild", "not a state")]
    [InlineData("/runs?page=x", "not the address of a page")]
    [InlineData("/runs?since=soon", "not a span")]
    public async Task Filter_that_is_none_is_said_with_the_form_as_it_was(string path, string why)
    {
        await using var page = await RunningPage.StartAsync();
        using var answer = await page.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_has_its_verdict_next_step_timeline_input_and_what_can_be_done()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);

        var view = await page.ReadAsync($"/runs/{run.Id}");

        Assert.Contains("The file is empty.", view, StringComparison.Ordinal);
        Assert.Contains("Upload one with content.", view, StringComparison.Ordinal);
        Assert.Contains("<dt>key</dt><dd>incoming/a.csv</dd>", view, StringComparison.Ordinal);
        Assert.Contains("""<rect class="running""", view, StringComparison.Ordinal);
        Assert.Contains($"/runs/{run.Id}/retry", view, StringComparison.Ordinal);
        Assert.DoesNotContain("/cancel", view, StringComparison.Ordinal);
        Assert.DoesNotContain("/interrupt", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_is_not_there_yet_is_awaited()
    {
        await using var page = await RunningPage.StartAsync();
        using var answer = await page.GetAsync($"/runs/{RunId.From("csv-import", "none")}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("not there yet", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_is_a_table_and_nothing_from_outside_is_markup()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Succeeded, with: one => one with
        {
            Trigger = $"upload {Hostile}",
        });
        await page.Stack.Workers.ClaimAsync(run.LaunchId, Sample.Task1, run.CreatedAt, CancellationToken.None);
        await page.Stack.Workers.CompleteAsync(
            run.LaunchId,
            run.CreatedAt,
            new WorkerOutcome(0)
            {
                ResultJson = """{"rows":2,"columns":[{"name":"<b>a</b>","nulls":3},{"name":"b","nulls":0}]}""",
            },
            CancellationToken.None);

        var view = await page.ReadAsync($"/runs/{run.Id}");

        Assert.Contains("<caption>columns</caption>", view, StringComparison.Ordinal);
        Assert.Contains("""<td>&lt;b&gt;a&lt;/b&gt;</td><td class="number" >3</td>""", view, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", view, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_goes_on_where_the_browser_is()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Running);
        var stream = Jobs.Core.Names.LogStream(Sample.Task1[(Sample.Task1.LastIndexOf('/') + 1)..]);
        var lines = page.Stack.Lines[stream] = [new LogLine(run.CreatedAt, """{"level":"warn","message":"<i>"}""")];

        using var first = await page.GetAsync($"/runs/{run.Id}/log");
        lines.Add(new LogLine(run.CreatedAt, "second"));
        var next = Uri.EscapeDataString(Assert.Single(first.Headers.GetValues("X-Next")));
        var second = await page.ReadAsync($"/runs/{run.Id}/log?from={next}");

        Assert.Contains("warn  &lt;i&gt;</p>", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("second", second, StringComparison.Ordinal);
        Assert.DoesNotContain("warn", second, StringComparison.Ordinal);
        Assert.Contains("second\n", await page.ReadAsync($"/runs/{run.Id}/log.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedules_have_their_next_times()
    {
        await using var page = await RunningPage.StartAsync();
        var view = await page.ReadAsync("/schedules");

        Assert.Contains("hourly: rate(1 hour)", view, StringComparison.Ordinal);
        Assert.Contains(">in 1 h</time>", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_shows_its_drains_and_its_dead_letters_with_the_reason()
    {
        await using var page = await RunningPage.StartAsync();
        page.Stack.Catalog = new JobCatalog([new JobDefinition("uploads") { Queue = new QueueTrigger() }]);
        var drain = await page.Jobs.AddAsync("uploads", "d", RunState.Running, with: run => run with
        {
            Trigger = Jobs.Core.Backlog.BacklogWatch.Trigger,
        });
        page.Stack.History = new Jobs.Tests.InMemory.InMemoryRunHistory(page.Stack.Store, ["uploads"]);
        page.Stack.Letters["Uploads"].Add(new DeadLetter("1", page.Jobs.Clock.GetUtcNow(), 3, "No such job.", Hostile));

        var all = await page.ReadAsync("/queues");
        var one = await page.ReadAsync("/queues/Uploads");
        var undelivered = await page.ReadAsync("/queues/Undelivered");

        Assert.Contains(drain.Id.Key[..8], all, StringComparison.Ordinal);
        Assert.Contains("No such job.", one, StringComparison.Ordinal);
        Assert.Contains("/queues/Uploads/redrive", one, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", one, StringComparison.Ordinal);
        Assert.DoesNotContain("/redrive", undelivered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_alert_is_shown_and_counted_in_the_menu()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);
        await page.Stack.OpenAlerts.CountAsync(
            new AlertCauseKey("csv-import", IsStuck: false, "JobFailed"),
            AlertMember.Of(run.Id),
            "alert-1",
            page.Jobs.Clock.GetUtcNow(),
            CancellationToken.None);

        var view = await page.ReadAsync("/alerts");

        Assert.Contains("alert alert-1", view, StringComparison.Ordinal);
        Assert.Contains("""<span class="count">1</span>""", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Laptop_has_a_page_more_with_what_was_denied()
    {
        var at = DateTimeOffset.UnixEpoch;
        var denied = new Hop(at, "IAM", "Role a may not s3:GetObject.");
        await using var laptop = await RunningPage.StartAsync(isLaptop: true, [denied]);
        await using var aws = await RunningPage.StartAsync();

        var view = await laptop.ReadAsync("/laptop");

        Assert.Contains("Role a may not s3:GetObject.", view, StringComparison.Ordinal);
        Assert.Contains("<option>incoming/*.csv</option>", view, StringComparison.Ordinal);
        Assert.DoesNotContain("/laptop", await aws.ReadAsync("/runs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/jobs/csv-imporr", HttpStatusCode.BadRequest)]
    [InlineData("/queues/None", HttpStatusCode.BadRequest)]
    [InlineData("/runs/csv-import/short", HttpStatusCode.BadRequest)]
    public async Task Address_of_nothing_is_said(string path, HttpStatusCode status)
    {
        await using var page = await RunningPage.StartAsync();
        using var answer = await page.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
