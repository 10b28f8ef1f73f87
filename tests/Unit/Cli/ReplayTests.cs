using Jobs.Cli.Ground;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class ReplayTests
{
    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task Dry_run_shows_what_would_run_and_what_has_and_sends_nothing()
    {
        var ran = _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/b.csv", [1]);
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/c.txt", [1]);
        await AddRunAsync(UploadIntake.Identify("csv-import", ran));

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("replay --prefix incoming/ --json"));

        Assert.Equal((2, 1, false), ((int)_jobs.Json["count"]!, (int)_jobs.Json["ran"]!, (bool)_jobs.Json["sent"]!));
        Assert.Equal(["Succeeded", null], _jobs.Json["items"]!.AsArray().Select(item => (string?)item!["ranState"]));
        Assert.Null(_jobs.Json["progress"]);
        Assert.Empty(_jobs.Stack.Sent);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("replay --prefix incoming/"));
        Assert.Contains(
            "2 objects under incoming/, of which 1 has run already and starts nothing.",
            _jobs.Out,
            StringComparison.Ordinal);
        Assert.Contains(
            "Nothing was started. Do it: the same command with --yes", _jobs.Error, StringComparison.Ordinal);

        await _jobs.RunAsync("replay --prefix incoming/ --force --json");
        Assert.Equal(0, (int)_jobs.Json["ran"]!);
    }

    [Fact]
    public async Task Dry_run_says_what_goes_into_queues_whether_handled_before_or_not()
    {
        _jobs.Stack.Catalog = new(
        [
            new JobDefinition("shared") { Queue = new QueueTrigger(), Uploads = [new UploadTrigger("incoming/")] },
        ]);
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/b.csv", [1]);

        await _jobs.RunAsync("replay --prefix incoming/");

        Assert.Contains(
            "2 objects under incoming/, of which 2 go into queues, whether handled before or not.",
            _jobs.Out,
            StringComparison.Ordinal);
        Assert.Equal(2, _jobs.Out.Split('\n').Count(line => line.StartsWith("shared  send", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Dry_run_of_a_schedule_knows_which_of_its_times_have_run()
    {
        var key = new ScheduleKey("hourly-report", "hourly");
        await _jobs.Stack.FiredSchedules.SaveAsync(
            new ScheduleState(key) { Version = 1, LastPlannedAt = new(2026, 1, 5, 7, 23, 0, TimeSpan.Zero) }, default);
        await AddRunAsync(Scheduler.IdOf(key, new(2026, 1, 5, 6, 23, 0, TimeSpan.Zero)));

        await _jobs.RunAsync(
            "replay --schedule hourly-report/hourly --from 2026-01-05T05:00Z --to 2026-01-05T07:00Z --json");

        Assert.Equal((2, 1), ((int)_jobs.Json["count"]!, (int)_jobs.Json["ran"]!));
        Assert.Equal(
            ["hourly-report/hourly 2026-01-05T05:23Z", "hourly-report/hourly 2026-01-05T06:23Z"],
            _jobs.Json["items"]!.AsArray().Select(item => (string)item!["what"]!));
    }

    [Fact]
    public async Task Dry_run_of_failed_runs_knows_which_were_replayed()
    {
        var first = await _jobs.AddAsync("csv-import", "first", RunState.Failed);
        await _jobs.AddAsync("csv-import", "second", RunState.TimedOut);
        await _jobs.AddAsync("csv-import", "fine", RunState.Succeeded);
        await AddRunAsync(RunId.From("csv-import", "retry", first.Id.ToString(), "replay"));

        await _jobs.RunAsync("replay --failed --from 1h --json");

        Assert.Equal((2, 1), ((int)_jobs.Json["count"]!, (int)_jobs.Json["ran"]!));
    }

    [Theory]
    [InlineData("--prefix incoming/", """{"prefix":"incoming/"}""")]
    [InlineData("--schedule hourly-report/hourly --from 2h --to 1h",
        """{"schedule":"hourly-report/hourly","from":"2026-01-05T06:00:00Z","to":"2026-01-05T07:00:00Z"}""")]
    [InlineData("--failed --job csv-import --from 2026-01-05T00:00Z",
        """{"failed":{"job":"csv-import","from":"2026-01-05T00:00:00Z","to":"2026-01-05T08:00:00Z"}}""")]
    public async Task Replay_with_yes_sends_its_source_and_stays_until_it_is_over(string source, string sends)
    {
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);
        await _jobs.AddAsync("csv-import", "failed", RunState.Failed);

        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync(
                StackWorksAsync,
                ["replay", .. source.Split(' '), "--per-minute", "120", "--force", "--yes", "--id", "mine"]));

        Assert.Equal(
            $$"""{"command":"replay","id":"mine","source":{{sends}},"perMinute":120,"force":true}""",
            Assert.Single(_jobs.Stack.Sent));
        Assert.Empty(_jobs.Asked);
        Assert.Contains("Done: 7 runs started, 1 had run already.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains(
            "3 of 1 done: 3 started, 0 had run already", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    [InlineData(null, 0)]
    public async Task Person_who_is_asked_decides(bool? answer, int sent)
    {
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);
        _jobs.Answer = answer;

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync(StackWorksAsync, "replay", "--prefix", "incoming/"));

        Assert.Equal(sent, _jobs.Stack.Sent.Count);
        Assert.Single(_jobs.Asked);
    }

    [Fact]
    public async Task Script_gets_what_came_of_it_and_is_not_asked()
    {
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);

        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync(StackWorksAsync, "replay", "--prefix", "incoming/", "--yes", "--json"));

        Assert.Equal(
            """{"started":7,"sent":0,"skipped":1,"failed":0,"isOver":true,"isGivenUp":false,"isCancelled":false,"error":null}""",
            _jobs.Json["progress"]!.ToJsonString());
    }

    [Fact]
    public async Task Replay_that_was_refused_is_said_with_where_to_look()
    {
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);

        Assert.Equal(
            ExitCodes.Failed,
            await _jobs.RunAsync(() => Task.CompletedTask, "replay", "--prefix", "incoming/", "--yes"));

        Assert.Contains(
            "dotnet jobs dead-letters Commands", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_is_looked_at_again_by_its_id()
    {
        await StoreAsync(
            new Replay(
                "mine",
                """{"prefix":"incoming/"}""",
                60,
                false,
                _jobs.Clock.GetUtcNow())
            { Started = 3, Skipped = 2, Failed = 1, Error = "incoming/x.csv: No." });

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("replay --id mine --json"));
        Assert.Equal(
            """{"started":3,"sent":0,"skipped":2,"failed":1,"isOver":false,"isGivenUp":false,"isCancelled":false,"error":"incoming/x.csv: No."}""",
            _jobs.Json["progress"]!.ToJsonString());

        var ends = async () => { await ChangeAsync(replay => replay with { IsOver = true }); };
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync(ends, "replay", "--id", "mine"));
        Assert.Contains("Replay mine of objects under incoming/, 60 a minute.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains(
            "Done: 3 runs started, 2 had run already, 1 could not be started and was left out.",
            _jobs.Out,
            StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Replay_that_was_given_up_goes_on_from_where_it_was()
    {
        var givenUp = new Replay(
            "mine",
            """{"prefix":"incoming/"}""",
            7,
            true,
            _jobs.Clock.GetUtcNow())
        { Started = 3, IsOver = true, IsGivenUp = true, Error = "S3 is away." };
        await StoreAsync(givenUp);

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("replay --id mine"));
        Assert.Contains("Given up: 3 runs started", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("S3 is away.", _jobs.Error, StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync(StackWorksAsync, "replay", "--id", "mine", "--yes"));
        Assert.Equal(
            """{"command":"replay","id":"mine","source":{"prefix":"incoming/"},"perMinute":7,"force":true}""",
            Assert.Single(_jobs.Stack.Sent));
        Assert.Contains("Done: 7 runs started", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_under_way_is_cancelled_by_its_id()
    {
        await StoreAsync(
            new Replay("mine", """{"prefix":"incoming/"}""", 7, true, _jobs.Clock.GetUtcNow()) { Started = 3 });

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("replay --id mine --cancel"));
        Assert.Equal("""{"command":"cancel","id":"new-id","replay":"mine"}""", Assert.Single(_jobs.Stack.Sent));
        Assert.Contains("Cancelling replay mine.", _jobs.Out, StringComparison.Ordinal);

        await ChangeAsync(replay => replay with { IsOver = true, IsCancelled = true });
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("replay --id mine --cancel"));
        Assert.Contains(
            "Replay mine is over. There is nothing to cancel.",
            _jobs.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("replay --id mine"));
        Assert.Contains("Cancelled: 3 runs started", _jobs.Out, StringComparison.Ordinal);
        Assert.Single(_jobs.Stack.Sent);
    }

    [Theory]
    [InlineData("replay --id unknown --cancel", ExitCodes.Failed, "There is no replay 'unknown'")]
    [InlineData("replay --prefix incoming/ --id mine --cancel", ExitCodes.Usage,
        "--cancel ends a replay that is under way: say which with --id")]
    [InlineData("replay --cancel", ExitCodes.Usage, "say which with --id")]
    [InlineData("replay --id unknown", ExitCodes.Failed, "There is no replay 'unknown'")]
    [InlineData("replay --prefix elsewhere/", ExitCodes.Failed,
        "No job is started by uploads under 'elsewhere/'. There are triggers for: incoming/*.csv.")]
    [InlineData("replay --prefix _jobs/results/", ExitCodes.Failed, "nothing under _jobs/")]
    [InlineData("replay --failed --job cvs-import --from 1h", ExitCodes.Failed, "did you mean 'csv-import'?")]
    [InlineData("replay --schedule hourly-report/hourly --from 2026-01-05 --to 2026-02-05", ExitCodes.Failed,
        "which has not come")]
    [InlineData("replay --prefix incoming/ --per-minute 0", ExitCodes.Usage, "--per-minute 0 is not from 1 to 6000.")]
    [InlineData("replay --dead-letters Uploads --force", ExitCodes.Usage, "--force is not for --dead-letters")]
    [InlineData("replay --dead-letters Undelivered", ExitCodes.Failed, "belongs to no queue")]
    [InlineData("replay --dead-letters uplods", ExitCodes.Failed, "did you mean 'Uploads'?")]
    public async Task Replay_that_cannot_be_is_refused_with_the_remedy(string line, int code, string says)
    {
        Assert.Equal(code, await _jobs.RunAsync(line));

        Assert.Contains(says, _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Dead_letters_show_which_of_them_have_run()
    {
        var upload = new Upload("b", "incoming/a.csv") { VersionId = "v1" };
        await AddRunAsync(UploadIntake.Identify("csv-import", upload));
        await AddRunAsync(EventIntake.IdOf("review", "2"));
        _jobs.Stack.Catalog = new(
        [
            .. _jobs.Stack.Catalog!.Jobs,
            new JobDefinition("review") { Events = [new EventTrigger("failed") { Source = "shop" }] },
        ]);
        Add(
            """{"job":"csv-import","trigger":"t","event":{"detail":{"bucket":{"name":"b"},"object":{"key":"incoming/a.csv","version-id":"v1"}}}}""");
        Add(
            """{"job":"csv-import","trigger":"t","event":{"detail":{"bucket":{"name":"b"},"object":{"key":"incoming/a.csv","version-id":"v2"}}}}""");
        Add("not json");
        Add("""{"job":"review","trigger":"failed","event":{"id":"1","detail":{}}}""");
        Add("""{"job":"review","trigger":"failed","event":{"id":"2","detail":{}}}""");

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("replay --dead-letters uploads --json"));

        Assert.Equal((5, 2), ((int)_jobs.Json["count"]!, (int)_jobs.Json["ran"]!));
        Assert.Equal(
            ["csv-import", "csv-import", null, "review", "review"],
            _jobs.Json["items"]!.AsArray().Select(item => (string?)item!["job"]));
        Assert.Equal(5, _jobs.Stack.Letters["Uploads"].Count);
    }

    [Theory]
    [InlineData(60, 25, 16)]
    [InlineData(6_000, 25, 0)]
    [InlineData(6, 3, 20)]
    public async Task Dead_letters_are_moved_no_faster_than_asked_for(int perMinute, int count, int leastSeconds)
    {
        for (var i = 0; i < count; i++) Add($"{i}");
        var began = _jobs.Clock.GetUtcNow();

        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync(
                () => Task.CompletedTask,
                "replay",
                "--dead-letters",
                "Uploads",
                "--per-minute",
                $"{perMinute}",
                "--yes"));

        Assert.Empty(_jobs.Stack.Letters["Uploads"]);
        Assert.InRange((_jobs.Clock.GetUtcNow() - began).TotalSeconds, leastSeconds, leastSeconds + 10);
        Assert.Contains($"{count} messages went back.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains($"{count} of about {count} messages moved", _jobs.Error, StringComparison.Ordinal);
    }

    private void Add(string body) =>
        _jobs.Stack.Letters["Uploads"].Add(
            new($"{_jobs.Stack.Letters["Uploads"].Count}", _jobs.Clock.GetUtcNow(), 1, null, body));

    private async Task AddRunAsync(RunId id) => await _jobs.Stack.Store.CreateAsync(
        new Run(id)
        {
            State = RunState.Succeeded,
            Trigger = "t",
            Policy = RunPolicy.Of(new JobDefinition(id.Job)),
            CreatedAt = _jobs.Clock.GetUtcNow(),
        }, default);

    /// <summary>What the stack does of a command that was sent: it begins, and half is done; then it is over.</summary>
    private async Task StackWorksAsync()
    {
        if (_jobs.Stack.Sent.Count == 0) return;
        using var sent = System.Text.Json.JsonDocument.Parse(_jobs.Stack.Sent[0]);
        var (id, source) = (
            sent.RootElement.GetProperty("id").GetString()!, sent.RootElement.GetProperty("source").GetRawText());
        if (await _jobs.Stack.Replays.ReadAsync(id, default) is not { } known)
        {
            await StoreAsync(new Replay(id, source, 60, false, _jobs.Clock.GetUtcNow()));
        }
        else if (known.Started < 3 || known.IsGivenUp)
        {
            await ChangeAsync(replay => replay with { Started = 3, IsOver = false, IsGivenUp = false, Error = null });
        }
        else if (_jobs.Error.Contains("3 started", StringComparison.Ordinal))
        {
            await ChangeAsync(replay => replay with { Started = 7, Skipped = 1, IsOver = true });
        }

        Task ChangeAsync(Func<Replay, Replay> change) => this.ChangeAsync(change, id);
    }

    private Task<bool> StoreAsync(Replay replay) => _jobs.Stack.Replays.CreateAsync(replay, default);

    private async Task ChangeAsync(Func<Replay, Replay> change, string id = "mine")
    {
        var known = (await _jobs.Stack.Replays.ReadAsync(id, default))!;
        await _jobs.Stack.Replays.SaveAsync(change(known) with { Version = known.Version + 1 }, default);
    }
}
