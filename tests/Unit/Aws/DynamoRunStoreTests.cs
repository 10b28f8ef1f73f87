using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Aws.Workers;
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
            Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Array = new ArrayWork("_jobs/arrays/a.jsonl", 3, 2),
            Children = 3,
            RetryOf = RunId.From("customer-import", "before"),
            LaunchedAt = Sample.Now.AddMilliseconds(7),
            TaskArn = Sample.Task1,
            StartedAt = Sample.Now.AddSeconds(1),
            MissingSince = Sample.Now.AddSeconds(2),
            StopCause = StopCause.HeartbeatLost,
            EndedAt = Sample.Now.AddSeconds(3),
            Verdict = new Verdict(VerdictClass.JobFailed, VerdictAction.Retry, "Größe „0“.", "Look."),
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
                NonRetryable = new RetryMatch
                {
                    Classes = [VerdictClass.Killed, VerdictClass.Crashed],
                    ExitCodes = [3, 2],
                    ErrorTypes = ["A.B+C", "D"],
                },
                Retryable = new RetryMatch(),
            },
        };
        Assert.True(await Store.CreateAsync(run, CancellationToken.None));

        var read = (await Store.ReadAsync(run.Id, CancellationToken.None))!;

        Assert.Equal(run, read.Run with { Owed = run.Owed, Carried = null });
        Assert.Null(read.Worker);
    }

    [Fact]
    public async Task Run_with_little_known_reads_back_as_written()
    {
        var run = New(nameof(Run_with_little_known_reads_back_as_written)) with
        {
            Owed = [Effect.Launch, Effect.Stop(Sample.Task2), Effect.Release, Effect.Alert],
        };
        await Store.CreateAsync(run, CancellationToken.None);

        var read = (await Store.ReadAsync(run.Id, CancellationToken.None))!.Run;

        Assert.Equal(run, read with { Owed = run.Owed, Carried = null });
        Assert.Equal(
            [.. run.Owed.Order(Comparer<Effect>.Create((a, b) => a.Kind.CompareTo(b.Kind)))], read.Owed.AsEnumerable());
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
        await _workers.CompleteAsync(
            run.LaunchId,
            Sample.Now,
            new WorkerOutcome(0) { ResultJson = "{}", LogTail = ["one", "", "three"] },
            CancellationToken.None);

        var worker = (await Store.ReadAsync(run.Id, CancellationToken.None))!.CurrentWorker!;

        Assert.Equal((Sample.Task1, true), (worker.TaskArn, worker.HasResult));
        Assert.Equal(["one", "", "three"], worker.LogTail);
        Assert.Null(await Store.ReadAsync(RunId.From("store-test", "absent"), CancellationToken.None));
    }

    [Fact]
    public async Task Control_item_of_an_upload_run_stays_under_one_kilobyte_all_its_life()
    {
        const string Task =
            "arn:aws:ecs:eu-central-1:123456789012:task/jobs-Cluster-AbCdEfGhIjKl/0123456789abcdef0123456789abcdef";
        var upload = new Upload(
            "jobs-inbox-123456789012-eu-central-1", "incoming/2026/01/05/customers-0001.csv", 123_456_789)
        {
            VersionId = "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY",
            ETag = "9b2cf535f27731c974343645a3985328-12",
            Sequencer = "0055AED6DCD90281E5",
        };
        var policy = RunPolicy.Of(new JobDefinition("customer-import") { MaxConcurrent = 10 });
        var run = RunLifecycle.Submit(
            RunId.From("customer-import", "size"),
            "upload incoming/*.csv",
            policy,
            upload.ToJson(),
            new LaunchPermit(0),
            Sample.Now);
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
        var run = New(
            nameof(Input_of_a_1024_byte_key_is_an_item_of_its_own_and_stays_off_the_control_item)) with
        {
            Input = input,
        };
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
        var second = new Attempt(
            new LaunchId(id, 12), 2, new Verdict(VerdictClass.JobFailed, VerdictAction.Retry, "No.", "Look."))
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
            Ecs = "{}",
        };
        var first = new Attempt(new LaunchId(id, 3), 1, second.Verdict);
        foreach (var attempt in new[] { second, first, second })
        {
            await Store.SaveAttemptAsync(attempt, CancellationToken.None);
        }

        var attempts = await Store.AttemptsAsync(id, CancellationToken.None);

        Assert.Equal(2, attempts.Count);
        Assert.Equivalent(first, attempts[0], strict: true);
        Assert.Equivalent(second, attempts[1], strict: true);
    }

    [Theory]
    [InlineData(12, "False")]
    [InlineData(13, "False True")]
    public async Task Attempts_for_an_alert_are_read_consistently_only_when_the_last_is_missing(
        int last, string consistently)
    {
        const string Attempt = """
            { "pk": { "S": "csv-import/00000000000000000000000000" }, "sk": { "S": "attempt#0012" }, "launch": { "N": "12" },
              "number": { "N": "2" }, "class": { "S": "JobFailed" }, "action": { "S": "Retry" } }
            """;
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, $$"""{ "Items": [{{Attempt}}] }"""));
        var store = new DynamoRunStore(aws.DynamoDb(), "runs", "results", TimeProvider.System);

        Assert.Single(
            await store.AttemptsAsync(
                new LaunchId(RunId.Parse("csv-import/00000000000000000000000000"), last), default));

        Assert.Equal(
            consistently,
            string.Join(' ', aws.Calls.Select(call => (bool)JsonNode.Parse(call.Body)!["ConsistentRead"]!)));
    }

    [Fact]
    public async Task Run_that_is_over_leaves_the_watch_index_with_an_expiry_and_comes_back_when_it_owes_something()
    {
        var run = New("x", "over-test") with { NextCheckAt = Sample.Now };
        await Store.CreateAsync(run, CancellationToken.None);
        await Store.SaveAsync(
            run = run with { Version = 2, State = RunState.Succeeded, EndedAt = Sample.Now, NextCheckAt = null },
            CancellationToken.None);

        Assert.DoesNotContain("watch", await ItemAsync(run.Id, "run"));
        Assert.Equal(
            Sample.Now.AddDays(90).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            (await ItemAsync(run.Id, "run"))["expiresAt"].N);

        await Store.SaveAsync(run with { Version = 3, NextCheckAt = Sample.Now }, CancellationToken.None);
        Assert.Contains("watch", await ItemAsync(run.Id, "run"));
        Assert.DoesNotContain("expiresAt", await ItemAsync(run.Id, "run"));
    }

    [Fact]
    public async Task Run_that_waits_without_a_deadline_does_not_expire()
    {
        var run = New("x", "waiting-test") with { State = RunState.Pending, NextCheckAt = null, TurnAt = Sample.Now };
        await Store.CreateAsync(run, CancellationToken.None);

        Assert.DoesNotContain("expiresAt", await ItemAsync(run.Id, "run"));
    }

    private static Run New(string name, string job = "store-test") => new(RunId.From(job, name))
    {
        State = RunState.Starting,
        Trigger = "upload incoming/*",
        Policy = Sample.Policy,
        Input = "{}",
        CreatedAt = Sample.Now,
        NextCheckAt = Sample.Now,
    };

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(RunId id,
        string sort) => (await tables.Client.GetItemAsync(
        DynamoTables.Runs, new() { ["pk"] = new(id.ToString()), ["sk"] = new(sort) }, CancellationToken.None)).Item;

    private async Task<int> SizeAsync(RunId id, string sort) => SizeOf(await ItemAsync(id, sort));

    // DynamoDB's rules: names and text in UTF-8, numbers at most half their digits and one, collections 3 and one for
    // each element.
    private static int SizeOf(Dictionary<string, AttributeValue> map) =>
        map.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + SizeOf(pair.Value));

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
