using Jobs.Aws.Runs;
using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Cli;

/// <summary><c>dotnet jobs runs</c> over 100,000 runs: what it shows, and what it asks DynamoDB for.</summary>
[Collection(nameof(CommandLine))]
public sealed class LongHistoryTests(LongHistoryTests.Filled filled) : IClassFixture<LongHistoryTests.Filled>
{
    private const int Runs = 100_000;
    private const int PerFailure = 500;

    private readonly CommandLine _jobs = new();

    private static int Partitions => LongHistory.Jobs.Count * Tables.Shards;

    [Fact]
    public async Task First_page_is_one_query_for_each_job_and_shard()
    {
        var page = await PageAsync("runs --json");

        Assert.Equal(Enumerable.Range(0, 20).Select(Id), Ids(page));
        AssertQueries(Partitions, itemsEach: 21);
        Assert.Equal([20], filled.Table.Batches);
        Assert.Equal(1, filled.Table.Gets);
    }

    [Fact]
    public async Task Next_pages_cost_what_the_first_does_and_leave_out_nothing()
    {
        var seen = new List<string>();
        string? token = null;
        for (var number = 0; number < 5; number++)
        {
            var page = await PageAsync($"runs --json --limit 100{(token is null ? "" : $" --page {token}")}");
            seen.AddRange(Ids(page));
            token = (string?)page["nextPage"];

            AssertQueries(Partitions, itemsEach: 102);
            Assert.Equal([50, 50], filled.Table.Batches);
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(Id), seen);
    }

    [Fact]
    public async Task One_job_is_one_query_for_each_shard()
    {
        var page = await PageAsync("runs --json --job hourly-report");

        Assert.Equal(Enumerable.Range(0, 20).Select(number => Id((2 * number) + 1)), Ids(page));
        AssertQueries(Tables.Shards, itemsEach: 21);
    }

    [Fact]
    public async Task Time_range_is_in_the_query()
    {
        var page = await PageAsync("runs --json --since 10s");

        Assert.Equal(Enumerable.Range(0, 11).Select(Id), Ids(page));
        Assert.Null((string?)page["nextPage"]);
        AssertQueries(Partitions, itemsEach: 11);
        Assert.Equal(11, filled.Table.Queries.Sum(query => query.Items));
    }

    [Fact]
    public async Task State_that_few_runs_have_is_looked_for_among_2_000_at_once_and_no_further()
    {
        var page = await PageAsync("runs --json --state failed");

        Assert.Equal(
            [499, 999, 1_499, 1_999],
            Ids(page).Select(
                id => Enumerable.Range(1, 4).Select(n => (n * PerFailure) - 1).Single(number => Id(number) == id)));
        Assert.NotNull((string?)page["nextPage"]);
        AssertQueries(10 * Partitions, itemsEach: 202);
        Assert.Equal(2_000, filled.Table.Batches.Sum());

        var next = await PageAsync($"runs --json --state failed --page {page["nextPage"]}");

        Assert.Equal(
            [2_499, 2_999, 3_499, 3_999],
            Ids(next).Select(
                id => Enumerable.Range(5, 4).Select(n => (n * PerFailure) - 1).Single(number => Id(number) == id)));
    }

    [Fact]
    public async Task State_that_many_runs_have_costs_one_query_for_each_job_and_shard()
    {
        var page = await PageAsync("runs --json --state succeeded");

        Assert.Equal(20, Ids(page).Count());
        AssertQueries(Partitions, itemsEach: 201);
    }

    [Fact]
    public async Task Following_asks_each_time_for_the_newest_only()
    {
        _jobs.Stack.History = new DynamoRunHistory(filled.Table, LongHistory.RunsTable, LongHistory.ResultsTable);
        filled.Table.Forget();
        using var enough = new CancellationTokenSource();
        var following = _jobs.RunAsync("runs --follow --json", enough.Token);
        for (var looks = 1; looks < 4;)
        {
            await Task.Yield();
            if (_jobs.Clock.ArmedTimers == 0) continue;
            looks++;
            _jobs.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        await enough.CancelAsync();
        Assert.Equal(ExitCodes.Interrupted, await following);

        Assert.Equal(20, _jobs.Out.Trim().Split('\n').Length);
        Assert.InRange(filled.Table.Queries.Count, 3 * Partitions, 4 * Partitions);
        Assert.All(
            filled.Table.Queries.GroupBy(query => query.Partition),
            partition => Assert.InRange(partition.Count(), 3, 4));
        Assert.All(filled.Table.Queries, query => Assert.InRange(query.Items, 0, 21));
    }

    [Fact]
    public async Task Run_by_the_beginning_of_its_key_is_one_query_for_each_job_and_shard()
    {
        _jobs.Stack.History = new DynamoRunHistory(filled.Table, LongHistory.RunsTable, LongHistory.ResultsTable);
        filled.Table.Forget();

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("show zzzzzzzzzzzz"));

        AssertQueries(Partitions, itemsEach: 1_001);
    }

    private static string Id(int number) =>
        RunId.From(LongHistory.Jobs[number % LongHistory.Jobs.Count], $"{number}").ToString();

    private static IEnumerable<string> Ids(System.Text.Json.Nodes.JsonNode page) =>
        page["runs"]!.AsArray().Select(run => (string)run!["id"]!);

    private async Task<System.Text.Json.Nodes.JsonNode> PageAsync(string line)
    {
        _jobs.Stack.History = new DynamoRunHistory(filled.Table, LongHistory.RunsTable, LongHistory.ResultsTable);
        filled.Table.Forget();
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync(line));
        return _jobs.Json;
    }

    private void AssertQueries(int count, int itemsEach)
    {
        Assert.Equal(count, filled.Table.Queries.Count);
        Assert.All(filled.Table.Queries, query => Assert.InRange(query.Items, 0, itemsEach));
    }

    /// <summary>Filled once: it takes a second.</summary>
    public sealed class Filled : IDisposable
    {
        public Filled() => Table.Fill(Runs, PerFailure);

        internal LongHistory Table { get; } = new();

        public void Dispose() => Table.Dispose();
    }
}
