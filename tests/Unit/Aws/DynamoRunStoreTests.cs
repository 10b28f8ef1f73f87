using System.Text;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

[Collection(nameof(DynamoTables))]
public sealed class DynamoRunStoreTests(DynamoTables tables)
{
    private readonly ManualClock _clock = new();
    private readonly DynamoWorkerRecords _workers = new(tables.Client, DynamoTables.Results);

    private DynamoRunStore Store => new(tables.Client, DynamoTables.Runs, DynamoTables.Results, _clock);

    [Fact]
    public async Task Run_with_everything_known_reads_back_as_written()
    {
        var run = New(nameof(Run_with_everything_known_reads_back_as_written)) with
        {
            State = RunState.Stopping,
            Priority = 7,
            NotBefore = Sample.Now.AddMinutes(1),
            NextCheckAt = Sample.Now.AddMinutes(2),
            Attempt = 2,
            Launch = 5,
            Refusals = 1,
            Interruptions = 3,
            InputKey = "_jobs/results/other/x.json",
            Followed = true,
            Parent = RunId.From("customer-import", "parent"),
            ChildIndex = 12,
            MaySubmit = true,
            Array = new ArrayWork("_jobs/arrays/a.jsonl", 3, 2) { Begun = 2, Offset = 5_000_000_000 },
            Children = 3,
            RetryOf = RunId.From("customer-import", "before"),
            LaunchedAt = Sample.Now.AddMilliseconds(7),
            TaskArn = Sample.Task1,
            StartedAt = Sample.Now.AddSeconds(1),
            MissingSince = Sample.Now.AddSeconds(2),
            StopCause = StopCause.HeartbeatLost,
            EndedAt = Sample.Now.AddSeconds(3),
            Verdict = new Verdict(VerdictClass.JobFailed, Cure.Retry, "Größe „0“.", "Look."),
            Grown = new TaskSize(512, 3_072),
            UsesSpot = true,
            Billed = TimeSpan.FromSeconds(61.5),
            Policy = Sample.Policy with
            {
                Spot = true,
                HasHost = false,
                MaxMemoryMiB = 4_096,
                RunTimeoutMinutes = 90,
                Architecture = Architecture.Arm64,
                EphemeralStorageGiB = 50,
                NonRetryable = new RetryMatch { Classes = [VerdictClass.Killed, VerdictClass.Crashed], ExitCodes = [3, 2], ErrorTypes = ["A.B+C", "D"] },
                Retryable = new RetryMatch(),
            },
        };
        Assert.True(await Store.CreateAsync(run, CancellationToken.None));

        var read = (await Store.ReadAsync(run.Id, CancellationToken.None))!;

        Assert.Equal(run, read.Run with { Owed = run.Owed });
        Assert.Null(read.Worker);
    }

    [Fact]
    public async Task Run_with_little_known_reads_back_as_written()
    {
        var run = New(nameof(Run_with_little_known_reads_back_as_written)) with { Owed = [Effect.Launch, Effect.Stop(Sample.Task2), Effect.Release, Effect.Alert] };
        await Store.CreateAsync(run, CancellationToken.None);

        var read = (await Store.ReadAsync(run.Id, CancellationToken.None))!.Run;

        Assert.Equal(run, read with { Owed = run.Owed });
        Assert.Equal([.. run.Owed.Order(Comparer<Effect>.Create((a, b) => a.Kind.CompareTo(b.Kind)))], read.Owed.AsEnumerable());
    }

    [Fact]
    public async Task Run_is_created_once_and_saved_only_over_the_version_that_was_read()
    {
        var run = New(nameof(Run_is_created_once_and_saved_only_over_the_version_that_was_read));

        Assert.True(await Store.CreateAsync(run, CancellationToken.None));
        Assert.False(await Store.CreateAsync(run with { Trigger = "again" }, CancellationToken.None));
        Assert.True(await Store.SaveAsync(run with { Version = 2, Trigger = "second" }, CancellationToken.None));
        Assert.False(await Store.SaveAsync(run with { Version = 2, Trigger = "late" }, CancellationToken.None));
        Assert.False(await Store.SaveAsync(run with { Version = 4 }, CancellationToken.None));
        Assert.False(await Store.SaveAsync(New("never created") with { Version = 2 }, CancellationToken.None));
        Assert.Equal("second", (await Store.ReadAsync(run.Id, CancellationToken.None))!.Run.Trigger);
    }

    [Fact]
    public async Task Reading_joins_the_run_with_its_worker_record()
    {
        var run = New(nameof(Reading_joins_the_run_with_its_worker_record)) with { Launch = 1 };
        await Store.CreateAsync(run, CancellationToken.None);
        await _workers.ClaimAsync(run.LaunchId, Sample.Task1, Sample.Now, CancellationToken.None);
        await _workers.CompleteAsync(run.LaunchId, Sample.Now, new WorkerOutcome { ResultJson = "{}", LogTail = ["one", "", "three"] }, CancellationToken.None);

        var worker = (await Store.ReadAsync(run.Id, CancellationToken.None))!.CurrentWorker!;

        Assert.Equal((Sample.Task1, true), (worker.TaskArn, worker.HasResult));
        Assert.Equal(["one", "", "three"], worker.LogTail);
        Assert.Null(await Store.ReadAsync(RunId.From("store-test", "nobody"), CancellationToken.None));
    }

    [Fact]
    public async Task Control_item_of_an_upload_run_stays_under_one_kilobyte_all_its_life()
    {
        const string Task = "arn:aws:ecs:eu-central-1:123456789012:task/jobs-Cluster-AbCdEfGhIjKl/0123456789abcdef0123456789abcdef";
        var upload = new Upload("jobs-inbox-123456789012-eu-central-1", "incoming/2026/01/05/customers-0001.csv", 123_456_789)
        {
            VersionId = "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY",
            ETag = "9b2cf535f27731c974343645a3985328-12",
            Sequencer = "0055AED6DCD90281E5",
        };
        var policy = RunPolicy.Of(new JobDefinition("customer-import") { MaxConcurrent = 10 });
        var run = RunLifecycle.Submit(RunId.From("customer-import", "size"), "upload incoming/*.csv", policy, upload.ToJson(), Sample.Now);
        await Store.CreateAsync(run, CancellationToken.None);
        var largest = await SizeAsync(run.Id, "run");
        Fact[] life =
        [
            new Fact.LaunchAccepted(1, Task),
            new Fact.TaskClaimed(1, Task, Sample.Now),
            new Fact.TaskStopped(1, Sample.Stopped(Task, 0), Sample.Record(1, Task, "{}")),
        ];
        foreach (var fact in life)
        {
            run = RunLifecycle.Apply(run, fact, Sample.Now);
            Assert.True(await Store.SaveAsync(run, CancellationToken.None));
            largest = Math.Max(largest, await SizeAsync(run.Id, "run"));
        }

        Assert.Equal(RunState.Succeeded, run.State);
        Assert.InRange(largest, 500, 1_023);
    }

    [Fact]
    public async Task Input_of_a_1024_byte_key_is_an_item_of_its_own_and_stays_off_the_control_item()
    {
        var input = new Upload("inbox", new string('k', 1_024)) { VersionId = "v" }.ToJson();
        var run = New(nameof(Input_of_a_1024_byte_key_is_an_item_of_its_own_and_stays_off_the_control_item)) with { Input = input };
        await Store.CreateAsync(run, CancellationToken.None);
        await Store.SaveAsync(run with { Version = 2, TaskArn = Sample.Task1 }, CancellationToken.None);

        Assert.InRange(await SizeAsync(run.Id, "run"), 1, 1_023);
        Assert.InRange(await SizeAsync(run.Id, "input"), 1_024, 2_048);
        Assert.Equal(input, await Store.ReadInputAsync(run.Id, CancellationToken.None));
        Assert.Null((await Store.ReadAsync(run.Id, CancellationToken.None))!.Run.Input);
    }

    [Fact]
    public async Task Attempts_are_kept_once_and_read_oldest_first()
    {
        var id = RunId.From("store-test", nameof(Attempts_are_kept_once_and_read_oldest_first));
        var second = new Attempt(new LaunchId(id, 12), 2, new Verdict(VerdictClass.JobFailed, Cure.Retry, "No.", "Look."))
        {
            TaskArn = Sample.Task2,
            StartedAt = Sample.Now,
            EndedAt = Sample.Now.AddSeconds(5),
            ExitCode = 64,
            Error = new WorkerError("E", "No.", "at X", Retryable: false),
            Size = new TaskSize(256, 1_024),
            Spot = true,
            Billed = TimeSpan.FromSeconds(4.25),
            Progress = new WorkerProgress(0.5, "half"),
            LogTail = ["a", "b"],
            Raw = "{}",
        };
        var first = new Attempt(new LaunchId(id, 3), 1, second.Verdict);
        foreach (var attempt in new[] { second, first, second }) await Store.SaveAttemptAsync(attempt, CancellationToken.None);

        var attempts = await Store.AttemptsAsync(id, CancellationToken.None);

        Assert.Equal(2, attempts.Count);
        Assert.Equivalent(first, attempts[0], strict: true);
        Assert.Equivalent(second, attempts[1], strict: true);
    }

    [Fact]
    public async Task Due_runs_come_most_overdue_first_and_not_before_their_time()
    {
        const string Job = "due-test";
        for (var i = 0; i < 30; i++) await Store.CreateAsync(New($"{i}", Job) with { NextCheckAt = Sample.Now.AddMinutes(i) }, CancellationToken.None);

        var due = await Store.DueAsync(Job, Sample.Now.AddMinutes(19), 15, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 15).Select(i => RunId.From(Job, $"{i}")), due);
        Assert.Equal(20, (await Store.DueAsync(Job, Sample.Now.AddMinutes(19), 200, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Run_that_is_over_leaves_the_active_index_and_gets_its_expiry_and_comes_back_when_it_owes_something()
    {
        const string Job = "over-test";
        var run = New("x", Job) with { NextCheckAt = Sample.Now };
        await Store.CreateAsync(run, CancellationToken.None);
        await Store.SaveAsync(run = run with { Version = 2, State = RunState.Succeeded, EndedAt = Sample.Now, NextCheckAt = null }, CancellationToken.None);

        Assert.Empty(await Store.DueAsync(Job, Sample.Now.AddYears(1), 10, CancellationToken.None));
        Assert.Equal(Sample.Now.AddDays(90).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), (await ItemAsync(run.Id, "run"))["expiresAt"].N);

        await Store.SaveAsync(run with { Version = 3, NextCheckAt = Sample.Now }, CancellationToken.None);
        Assert.Single(await Store.DueAsync(Job, Sample.Now, 10, CancellationToken.None));
        Assert.DoesNotContain("expiresAt", await ItemAsync(run.Id, "run"));
        Assert.Equal([run.Id], await Store.RecentAsync(Job, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Waiting_runs_come_in_the_order_of_their_queue_and_not_among_those_that_are_due()
    {
        const string Job = "waiting-test";
        var now = Sample.Now;
        await Store.CreateAsync(New("starting", Job) with { NextCheckAt = now }, CancellationToken.None);
        await Store.CreateAsync(Waiting("younger", Job, now.AddMinutes(-1)), CancellationToken.None);
        await Store.CreateAsync(Waiting("older", Job, now.AddMinutes(-2)), CancellationToken.None);
        await Store.CreateAsync(Waiting("youngest, with priority", Job, now, priority: 1), CancellationToken.None);
        await Store.CreateAsync(Waiting("backing off", Job, now.AddHours(-9), notBefore: now.AddSeconds(1), priority: 9), CancellationToken.None);
        await Store.CreateAsync(Waiting("owes", Job, now) with { Owed = [Effect.Release], NextCheckAt = now }, CancellationToken.None);

        Assert.Equal(["youngest, with priority", "older", "younger"], await NamesAsync(now, 10));
        Assert.Equal(["youngest, with priority", "older"], await NamesAsync(now, 2));
        Assert.Equal(["backing off", "youngest, with priority"], await NamesAsync(now.AddSeconds(1), 2));
        Assert.Equal(2, (await Store.DueAsync(Job, now.AddYears(1), 10, CancellationToken.None)).Count);

        async Task<IEnumerable<string>> NamesAsync(DateTimeOffset by, int limit)
        {
            string[] names = ["starting", "younger", "older", "youngest, with priority", "backing off", "owes"];
            return (await Store.WaitingAsync(Job, by, limit, CancellationToken.None)).Select(run => names.Single(name => RunId.From(Job, name) == run.Id));
        }
    }

    [Fact]
    public async Task Waiting_run_leaves_the_queue_when_it_is_launched()
    {
        const string Job = "leaving-test";
        var waiting = Waiting("x", Job, Sample.Now);
        await Store.CreateAsync(waiting, CancellationToken.None);
        var read = Assert.Single(await Store.WaitingAsync(Job, Sample.Now, 5, CancellationToken.None));
        Assert.Equal(waiting, read with { Owed = waiting.Owed });

        Assert.True(await Store.SaveAsync(RunLifecycle.Apply(read, new Fact.Dispatched(), Sample.Now), CancellationToken.None));

        Assert.Empty(await Store.WaitingAsync(Job, Sample.Now.AddYears(1), 5, CancellationToken.None));
        Assert.Single(await Store.DueAsync(Job, Sample.Now.AddYears(1), 5, CancellationToken.None));
    }

    [Fact]
    public async Task Overdue_are_the_waiting_runs_whose_time_as_a_whole_is_over()
    {
        const string Job = "overdue-test";
        var limited = Sample.Policy with { MaxConcurrent = null, RunTimeoutMinutes = 60 };
        await Store.CreateAsync(Waiting("unlimited", Job, Sample.Now.AddDays(-9)), CancellationToken.None);
        await Store.CreateAsync(Waiting("in time", Job, Sample.Now.AddMinutes(-59)) with { Policy = limited }, CancellationToken.None);
        await Store.CreateAsync(Waiting("overdue", Job, Sample.Now.AddMinutes(-60)) with { Policy = limited }, CancellationToken.None);
        await Store.CreateAsync(New("starting", Job) with { Policy = limited, CreatedAt = Sample.Now.AddMinutes(-60) }, CancellationToken.None);

        Assert.Equal([RunId.From(Job, "overdue")], await Store.OverdueAsync(Job, Sample.Now, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Recent_runs_come_newest_first()
    {
        const string Job = "recent-test";
        for (var i = 0; i < 25; i++) await Store.CreateAsync(New($"{i}", Job) with { CreatedAt = Sample.Now.AddSeconds(i) }, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => RunId.From(Job, $"{24 - i}")), await Store.RecentAsync(Job, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Jobs_once_deployed_stay_known()
    {
        await Store.RegisterJobsAsync(["a", "b"], CancellationToken.None);
        await Store.RegisterJobsAsync(["b", "c"], CancellationToken.None);

        Assert.Superset(new HashSet<string> { "a", "b", "c" }, (await Store.RegisterJobsAsync([], CancellationToken.None)).ToHashSet());
    }

    private static Run Waiting(string name, string job, DateTimeOffset askedAt, DateTimeOffset? notBefore = null, int priority = 0) => New(name, job) with
    {
        State = RunState.Pending,
        CreatedAt = askedAt,
        NotBefore = notBefore,
        Priority = priority,
        NextCheckAt = (notBefore ?? askedAt).AddHours(-priority),
    };

    private static Run New(string name, string job = "store-test") => new(RunId.From(job, name))
    {
        State = RunState.Starting,
        Trigger = "upload incoming/*",
        Policy = Sample.Policy with { MaxConcurrent = null },
        Input = "{}",
        CreatedAt = Sample.Now,
        NextCheckAt = Sample.Now,
    };

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(RunId id, string sort) => (await tables.Client.GetItemAsync(
        DynamoTables.Runs, new() { ["pk"] = new(id.ToString()), ["sk"] = new(sort) }, CancellationToken.None)).Item;

    private async Task<int> SizeAsync(RunId id, string sort) => SizeOf(await ItemAsync(id, sort));

    // DynamoDB's rules: names and text in UTF-8, numbers at most half their digits and one, collections 3 and one for each element.
    private static int SizeOf(Dictionary<string, AttributeValue> map) => map.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + SizeOf(pair.Value));

    private static int SizeOf(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => (number.Length / 2) + 2,
        { SS: { Count: > 0 } set } => set.Sum(Encoding.UTF8.GetByteCount),
        { M: { Count: > 0 } map } => 3 + map.Count + SizeOf(map),
        { L: { Count: > 0 } list } => 3 + list.Sum(element => 1 + SizeOf(element)),
        _ => 1,
    };
}
