using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

[Collection(nameof(DynamoTables))]
public sealed class DynamoRunHistoryTests(DynamoTables tables)
{
    private readonly ManualClock _clock = new();

    private DynamoRunHistory History => new(tables.Client, DynamoTables.Runs, DynamoTables.Results);

    [Fact]
    public async Task Pages_show_every_run_once_newest_first_also_those_of_one_millisecond()
    {
        const string Job = "paged";
        var all = new List<Run>();
        for (var i = 0; i < 40; i++) all.Add(await AddAsync(Job, i, Sample.Now.AddSeconds(-(i / 8))));

        var seen = new List<RunId>();
        for (HistoryCursor? next = null; ;)
        {
            var page = await History.PageAsync([Job], null, next, null, 3, CancellationToken.None);
            Assert.InRange(page.Runs.Count, 1, 3);
            seen.AddRange(page.Runs);
            if (page.Next is null) break;
            next = HistoryCursor.TryParse(page.Next.ToString());
        }

        Assert.Equal(
            all.OrderByDescending(run => run.CreatedAt)
                .ThenBy(run => run.Id.ToString(), StringComparer.Ordinal)
                .Select(run => run.Id),
            seen);
    }

    [Fact]
    public async Task Since_leaves_out_what_is_older()
    {
        const string Job = "since";
        var young = await AddAsync(Job, 0, Sample.Now);
        await AddAsync(Job, 1, Sample.Now.AddHours(-1));

        var page = await History.PageAsync([Job], null, null, Sample.Now.AddMinutes(-30), 10, CancellationToken.None);

        Assert.Equal([young.Id], page.Runs);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task First_page_is_one_query_for_each_job_and_shard_and_no_scan()
    {
        using var counting = new CountingDynamo(tables);
        var history = new DynamoRunHistory(counting, DynamoTables.Runs, DynamoTables.Results);
        for (var i = 0; i < 60; i++) await AddAsync("counted", i, Sample.Now.AddSeconds(-i));

        var page = await history.PageAsync(["counted", "other"], null, null, null, 20, CancellationToken.None);
        await history.ReadAsync(page.Runs, CancellationToken.None);

        Assert.Equal(20, page.Runs.Count);
        Assert.Equal(2 * Tables.Shards, counting.Calls.Count(call => call == "QueryRequest"));
        Assert.Equal(1, counting.Calls.Count(call => call == "BatchGetItemRequest"));
        Assert.Equal((2 * Tables.Shards) + 1, counting.Calls.Count);
    }

    [Fact]
    public async Task Runs_with_a_label_are_found_among_many_without_it()
    {
        const string Job = "labelled";
        for (var i = 0; i < 30; i++)
        {
            System.Collections.Immutable.ImmutableArray<string> labels = i % 10 == 0
                ? ["order=17", "team=billing"]
                : ["team=sales"];
            await AddAsync(Job, i, Sample.Now.AddSeconds(-i), run => run with { Labels = labels });
        }

        var first = await History.PageAsync([Job], "order=17", null, null, 2, CancellationToken.None);
        var second = await History.PageAsync([Job], "order=17", first.Next, null, 2, CancellationToken.None);
        var read = await History.ReadAsync(first.Runs, CancellationToken.None);

        Assert.Equal([RunId.From(Job, "0"), RunId.From(Job, "10")], first.Runs);
        Assert.Equal([RunId.From(Job, "20")], second.Runs);
        Assert.Null(second.Next);
        Assert.All(read, reading => Assert.Equal(["order=17", "team=billing"], reading.Run.Labels.AsEnumerable()));
    }

    [Fact]
    public async Task Active_runs_are_those_that_wait_and_those_under_way()
    {
        const string Job = "active";
        var running = await AddAsync(
            Job, 0, Sample.Now, run => run with { State = RunState.Running, NextCheckAt = Sample.Now });
        var waiting = await AddAsync(
            Job, 1, Sample.Now, run => run with { State = RunState.Pending, TurnAt = Sample.Now });
        await AddAsync(Job, 2, Sample.Now);

        var page = await History.ActiveAsync(1_000, CancellationToken.None);

        Assert.Equivalent(new[] { running.Id, waiting.Id }, page.Runs.Where(run => run.Job == Job));
        Assert.True(page.IsComplete);
    }

    [Fact]
    public async Task Many_runs_are_read_in_the_order_asked_for_without_those_that_do_not_exist()
    {
        var runs = new List<RunId>();
        for (var i = 0; i < 60; i++) runs.Add((await AddAsync("many", i, Sample.Now)).Id);
        runs.Reverse();

        var read = await History.ReadAsync([.. runs, RunId.From("many", "none")], CancellationToken.None);

        Assert.Equal(runs, read.Select(reading => reading.Run.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("99999999999999999")]
    [InlineData("1767600000000~nothing")]
    public void Cursor_of_other_text_is_none(string text) => Assert.Null(HistoryCursor.TryParse(text));

    private async Task<Run> AddAsync(string job, int number, DateTimeOffset at, Func<Run, Run>? with = null)
    {
        var run = new Run(RunId.From(job, $"{number}"))
        {
            State = RunState.Succeeded,
            Trigger = "test",
            Policy = Sample.Policy,
            CreatedAt = at,
            EndedAt = at,
        };
        run = with?.Invoke(run) ?? run;
        Assert.True(
            await new DynamoRunStore(tables.Client, DynamoTables.Runs, DynamoTables.Results, _clock)
                .CreateAsync(run, CancellationToken.None));
        return run;
    }

    /// <summary>Keeps the name of every call it makes.</summary>
    private sealed class CountingDynamo : AmazonDynamoDBClient
    {
        public CountingDynamo(DynamoTables tables)
            : base(
                Lapstack.Tests.Stacks.EmulatedStack.Owner,
                new AmazonDynamoDBConfig
                {
                    ServiceURL = tables.Client.Config.ServiceURL,
                    AuthenticationRegion = "us-east-1"
                }) => BeforeRequestEvent += (_, call) =>
            {
                if (call is WebServiceRequestEventArgs made) Calls.Add(made.Request.GetType().Name);
            };

        public System.Collections.Concurrent.ConcurrentBag<string> Calls { get; } = [];
    }
}
