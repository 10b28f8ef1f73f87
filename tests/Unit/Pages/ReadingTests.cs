using Jobs.Aws.Runs;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Page.Ground;
using Jobs.Page.Reading;
using Jobs.Tests.Unit.Cli;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Pages;

/// <summary>What the views are made of.</summary>
public sealed class ReadingTests(LongHistoryTests.Filled filled) : IClassFixture<LongHistoryTests.Filled>
{
    private static int Partitions => LongHistory.Jobs.Count * Tables.Shards;

    [Fact]
    public async Task Overview_of_100_000_runs_asks_for_the_newest_and_later_for_what_is_new()
    {
        await using var page = await RunningPage.StartAsync();
        page.Stack.History = new DynamoRunHistory(filled.Table, LongHistory.RunsTable, LongHistory.ResultsTable);
        filled.Table.Forget();

        await page.ReadAsync("/");
        var first = (Queries: filled.Table.Queries.Count, Runs: filled.Table.Batches.Sum());
        filled.Table.Forget();
        page.Jobs.Clock.Advance(TimeSpan.FromSeconds(10));
        await page.ReadAsync("/");

        // The history twice, for the counts and for the last failures; the rest is what is under way.
        Assert.InRange(first.Queries, 2 * Partitions, 3 * Partitions);
        Assert.InRange(first.Runs, 1, RecentRuns.Most + 200);
        Assert.InRange(filled.Table.Queries.Count, 1, 3 * Partitions);
        Assert.InRange(filled.Table.Batches.Sum(), 1, 200 + 10);
    }

    [Fact]
    public async Task Listing_of_100_000_runs_is_one_query_for_each_job_and_shard()
    {
        await using var page = await RunningPage.StartAsync();
        await page.ReadAsync("/alerts");
        page.Stack.History = new DynamoRunHistory(filled.Table, LongHistory.RunsTable, LongHistory.ResultsTable);
        filled.Table.Forget();

        await page.ReadAsync("/runs");

        Assert.Equal(Partitions, filled.Table.Queries.Count);
        Assert.Equal(50, filled.Table.Batches.Sum());
    }

    [Fact]
    public async Task Search_that_takes_long_does_not_keep_its_page_and_comes_with_a_later_look()
    {
        await using var page = await RunningPage.StartAsync();
        var failed = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);
        await page.ReadAsync("/");
        var slow = new SlowHistory(page.Stack.History);
        page.Stack.History = slow;
        var armed = page.Jobs.Clock.ArmedTimers;

        var first = page.ReadAsync("/runs?state=failed");
        await slow.IsAsked;
        await Eventually.TrueAsync(() => page.Jobs.Clock.ArmedTimers > armed);
        page.Jobs.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Searching", await first, StringComparison.Ordinal);
        slow.Answer();

        var later = await page.ReadAsync("/runs?state=failed");
        Assert.Contains($"r-{failed.Id.Key}", later, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_has_chains_of_every_kind_and_each_job_beside_what_starts_it()
    {
        var map = TriggerMap.Of(new JobCatalog(
        [
            new JobDefinition("import") { Uploads = [new UploadTrigger("in/")], Writes = ["clean/"] },
            new JobDefinition("merge")
            {
                Afters = [new AfterTrigger("import", AfterOutcome.Failure)],
                Submits = ["piece"],
            },
            new JobDefinition("piece") { Submits = ["merge"] },
            new JobDefinition("check") { Uploads = [new UploadTrigger("clean/a/"), new UploadTrigger("in/")] },
            new JobDefinition("alone"),
        ]));
        var layout = new MapLayout(map);

        Assert.Equal(
            ["import→check Writes", "import→merge After", "merge→piece Submits", "piece→merge Submits"],
            map.Links.Select(link => $"{link.From}→{link.To} {link.Kind}").Order(StringComparer.Ordinal));
        Assert.Equal(["check", "import"], Assert.Single(map.Sources, source => source.Label == "in/*").Jobs);
        Assert.Equal(["alone"], Assert.Single(map.Sources, source => source.Kind == "submit").Jobs);
        Assert.True(layout.Jobs["import"].X < layout.Jobs["check"].X);
        Assert.Equal(layout.Jobs.Count, layout.Jobs.Values.Distinct().Count());
        Assert.All(layout.Jobs.Values, place => Assert.InRange(place.Y + MapLayout.JobHeight, 0, layout.Height));
    }

    [Fact]
    public void Phases_of_a_failed_task_are_those_that_ecs_said()
    {
        var at = Sample.Now;
        var run = Sample.In(RunState.Failed) with { CreatedAt = at, EndedAt = at.AddSeconds(60), Launch = 1 };
        var verdict = new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, "It failed.", "");
        var attempt = new Attempt(run.LaunchId, 1, verdict)
        {
            TaskArn = Sample.Task1,
            StartedAt = at.AddSeconds(30),
            EndedAt = at.AddSeconds(60),
            Ecs = $$"""
                {"createdAt":"{{at.AddSeconds(5):O}}","pullStartedAt":"{{at.AddSeconds(15):O}}",
                "executionStoppedAt":"{{at.AddSeconds(55):O}}","stoppedAt":"{{at.AddSeconds(60):O}}"}
                """,
        };

        var (_, phases) = Assert.Single(Of(new RunReading(run, null), attempt));

        Assert.Equal(
            ["waiting 5", "starting 10", "pulling 15", "running 25", "stopping 5"],
            phases.Select(phase => $"{phase.Kind} {(phase.To - phase.From)?.TotalSeconds}"));
    }

    [Fact]
    public void Phases_of_a_success_are_those_that_run_and_worker_noted()
    {
        var at = Sample.Now;
        var run = Sample.In(RunState.Succeeded) with
        {
            CreatedAt = at,
            LaunchedAt = at.AddSeconds(5),
            StartedAt = at.AddSeconds(30),
            EndedAt = at.AddSeconds(60),
            Launch = 1,
            Billed = TimeSpan.FromSeconds(45),
        };
        var worker = Sample.Record(1, run.TaskArn!) with { CompletedAt = at.AddSeconds(52) };

        var (_, phases) = Assert.Single(Of(new RunReading(run, worker)));

        Assert.Equal(
            ["waiting 5", "starting 10", "pulling 15", "running 22", "stopping 8"],
            phases.Select(phase => $"{phase.Kind} {(phase.To - phase.From)?.TotalSeconds}"));
    }

    [Fact]
    public void Phases_of_a_run_that_waits_go_on()
    {
        var run = Sample.In(RunState.Pending) with { Launch = 0, TaskArn = null };

        var (task, phases) = Assert.Single(Of(new RunReading(run, null)));

        Assert.Null(task);
        Assert.Equal([new TaskPhase("waiting", run.CreatedAt, null)], phases);
    }

    [Fact]
    public async Task Requests_share_a_reading_and_a_slow_one_keeps_none_that_has_an_earlier_one()
    {
        var (clock, reads, slow) = (new ManualClock(), 0, new TaskCompletionSource());
        var kept = new Kept<string>(
            async _ =>
            {
                var number = Interlocked.Increment(ref reads);
                if (number > 1) await slow.Task;
                return $"{number}";
            },
            TimeSpan.FromSeconds(1),
            clock);

        Assert.Equal("1", await kept.GetAsync(CancellationToken.None));
        Assert.Equal("1", await kept.GetAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromSeconds(2));
        var later = kept.GetAsync(CancellationToken.None);
        while (clock.ArmedTimers == 0 || Volatile.Read(ref reads) < 2) await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("1", await later);
        slow.SetResult();
        Assert.Equal(2, reads);
    }

    private static IReadOnlyList<(RunTask? Task, IReadOnlyList<TaskPhase> Phases)> Of(
        RunReading reading, params Attempt[] attempts) =>
        TaskPhases.Of(new RunDetail(
            reading,
            attempts,
            null,
            null,
            null,
            Jobs.Core.Costs.RunCost.Of(
                reading.Run, attempts, Jobs.Core.Costs.FargatePrices.UsEast1, reading.Run.CreatedAt),
            null,
            PauseList.None));
}
