using Jobs.Aws.Runs;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for the port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoRunIndexTests(DynamoTables tables)
{
    // The table is shared by many tests: each of these has a time of its own, in which nothing else is due.
    private static readonly DateTimeOffset Day = new(1987, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InMemoryRunStore _memory = new(new InMemoryWorkerRecords());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Due_runs_of_all_jobs_come_most_overdue_first_page_by_page(bool inMemory)
    {
        var runs = Enumerable.Range(0, 30)
            .Select(i => New($"{i}", $"due-{i % 3}") with { NextCheckAt = Day.AddMinutes(i) })
            .ToList();
        foreach (var run in runs) await StoreOf(inMemory).CreateAsync(run, CancellationToken.None);

        var first = await IndexOf(inMemory).DueAsync(Day.AddMinutes(19), Day, 15, CancellationToken.None);
        var second = await IndexOf(inMemory).DueAsync(Day.AddMinutes(19), first[^1].At, 15, CancellationToken.None);

        Assert.Equal(runs.Take(15).Select(run => new DueRun(run.Id, run.NextCheckAt!.Value)), first);
        Assert.Equal(runs.Skip(14).Take(6).Select(run => run.Id), second.Select(run => run.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waiting_runs_come_job_by_job_each_in_the_order_of_its_queue(bool inMemory)
    {
        var now = Sample.Now;
        var store = StoreOf(inMemory);
        string[] jobs = ["wait-a", "wait-a-b", "wait-b", "wait-c"];
        foreach (var job in jobs)
        {
            await store.CreateAsync(New("starting", job) with { NextCheckAt = now }, CancellationToken.None);
            await store.CreateAsync(Waiting("younger", job, now.AddMinutes(-1)), CancellationToken.None);
            await store.CreateAsync(Waiting("older", job, now.AddMinutes(-2)), CancellationToken.None);
            await store.CreateAsync(Waiting("youngest, with priority", job, now, priority: 1), CancellationToken.None);
            await store.CreateAsync(
                Waiting("backing off", job, now.AddHours(-9), notBefore: now.AddSeconds(1), priority: 9),
                CancellationToken.None);
            await store.CreateAsync(
                Waiting("owes", job, now) with { Owed = [Effect.Release], NextCheckAt = now, TurnAt = null },
                CancellationToken.None);
        }

        Assert.Equal(["youngest, with priority", "older", "younger"], await NamesAsync("wait-a", now, 10));
        Assert.Equal(["youngest, with priority", "older"], await NamesAsync("wait-a", now, 2));
        Assert.Equal(["backing off", "youngest, with priority"], await NamesAsync("wait-a-b", now.AddSeconds(1), 2));
        var all = (
            await IndexOf(inMemory).WaitingAsync(now, 2, CancellationToken.None)).Runs.Where(
                run => jobs.Contains(run.Id.Job))
            .ToLookup(run => run.Id.Job);
        foreach (var job in jobs)
        {
            Assert.Equal(
                new[] { "youngest, with priority", "older" }.Select(name => RunId.From(job, name)),
                all[job].Select(run => run.Id));
        }

        async Task<IEnumerable<string>> NamesAsync(string job, DateTimeOffset by, int limit)
        {
            string[] names = ["starting", "younger", "older", "youngest, with priority", "backing off", "owes"];
            return (
                await IndexOf(inMemory).WaitingAsync(job, by, limit, CancellationToken.None)).Runs.Select(
                    run => names.Single(name => RunId.From(job, name) == run.Id));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waiting_run_leaves_the_queue_when_it_is_launched(bool inMemory)
    {
        const string Job = "leaving-test";
        var waiting = Waiting("x", Job, Sample.Now);
        await StoreOf(inMemory).CreateAsync(waiting, CancellationToken.None);
        var read = Assert.Single(
            (await IndexOf(inMemory).WaitingAsync(Job, Sample.Now, 5, CancellationToken.None)).Runs);
        Assert.Equal(waiting, read with { Owed = waiting.Owed, Carried = null });

        Assert.True(
            await StoreOf(inMemory).SaveAsync(
                RunLifecycle.Apply(read, new Fact.Dispatched(new LaunchPermit(null)), Sample.Now),
                CancellationToken.None));

        Assert.Empty(
            (await IndexOf(inMemory).WaitingAsync(Job, Sample.Now.AddYears(1), 5, CancellationToken.None)).Runs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cpu_in_use_is_that_of_budgeted_runs_which_may_have_a_task(bool inMemory)
    {
        const string Job = "cpu-test";
        var running = New("running", Job) with { State = RunState.Running, Launch = 3, Budgeted = true };
        await StoreOf(inMemory).CreateAsync(running, CancellationToken.None);
        await StoreOf(inMemory).CreateAsync(New("unbudgeted", Job), CancellationToken.None);
        await StoreOf(inMemory).CreateAsync(
            New("awaiting", Job) with { State = RunState.AwaitingChildren, Budgeted = true }, CancellationToken.None);

        var used = (await IndexOf(inMemory).CpuInUseAsync(CancellationToken.None)).Where(one => one.Key.Run.Job == Job);

        Assert.Equal([new(new LaunchId(running.Id, 3), running.Size.Cpu)], used);
    }

    private IRunStore StoreOf(bool inMemory) =>
        inMemory
            ? _memory
            : new DynamoRunStore(tables.Client, DynamoTables.Runs, DynamoTables.Results, TimeProvider.System);

    private IRunIndex IndexOf(bool inMemory) =>
        inMemory ? _memory : new DynamoRunIndex(tables.Client, DynamoTables.Runs);

    private static Run Waiting(
        string name,
        string job,
        DateTimeOffset askedAt,
        DateTimeOffset? notBefore = null,
        int priority = 0) => New(name, job) with
        {
            State = RunState.Pending,
            CreatedAt = askedAt,
            NotBefore = notBefore,
            Priority = priority,
            NextCheckAt = null,
            TurnAt = (notBefore ?? askedAt).AddHours(-priority),
        };

    private static Run New(string name, string job) => new(RunId.From(job, name))
    {
        State = RunState.Starting,
        Trigger = "upload incoming/*",
        Policy = Sample.Policy,
        Input = "{}",
        CreatedAt = Sample.Now,
        NextCheckAt = Sample.Now,
    };
}
