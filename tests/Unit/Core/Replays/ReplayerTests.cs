using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Replays;

public sealed class ReplayerTests
{
    private const string Incoming = """{"prefix":"incoming/"}""";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly JobDefinition Job = TestPlane.Job();
    private static readonly JobDefinition Report = new("report")
    {
        Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)"), new ScheduleTrigger("night", "cron(0 2 * * ? *)")],
    };

    private readonly TestPlane _plane = new(Job, Report);
    private Replay Replay => _plane.Replays.ReadAsync("k", default).Result!;

    [Fact]
    public async Task Objects_under_a_prefix_run_as_their_uploads_would_have()
    {
        var upload = Upload("incoming/a.csv");
        Upload("other/b.csv");
        await BeginAsync(Incoming);

        Assert.Equal(1, await TickAsync());

        var run = Assert.Single(_plane.Store.All);
        Assert.Equal(
            (UploadIntake.Identify("line-count", upload), "upload incoming/*", RunState.Starting, upload),
            (run.Id, run.Trigger, run.State, Jobs.Upload.TryParse(run.Input)));
        Assert.Equal((true, 1, 0, 0), (Replay.IsOver, Replay.Started, Replay.Skipped, Replay.Failed));
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("acme-raw-prod")]
    public async Task Objects_of_another_bucket_run_as_its_own_triggers_say(string bucket)
    {
        var job = Job with { Uploads = [new("incoming/"), new("incoming/") { Bucket = "raw", Priority = 3 }] };
        var catalog = new JobCatalog([job])
            .WithBuckets(new Dictionary<string, string> { ["raw"] = "acme-raw-prod" });
        var plane = new TestPlane([.. catalog.Jobs]);
        var there = new Upload("acme-raw-prod", "incoming/a.csv") { ETag = "e" };
        plane.Uploads.Add(there.Bucket, there);
        plane.Uploads.Add(new Upload("runners", "incoming/a.csv") { ETag = "e" });

        await plane.ReplayIntake.BeginAsync(
            new Replay("k", $$"""{"prefix":"incoming/","bucket":"{{bucket}}"}""", 60, false, plane.Clock.GetUtcNow()),
            default);
        await plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);

        var run = Assert.Single(plane.Store.All);
        Assert.Equal(
            (UploadIntake.Identify("line-count", there), "upload s3://raw/incoming/*", 3),
            (run.Id, run.Trigger, run.Priority));
    }

    [Theory]
    [InlineData("""{"prefix":"incoming/","bucket":"other"}""", "under 'incoming/' of bucket 'other'")]
    [InlineData("""{"schedule":"report/hourly","bucket":"raw","from":"2026-01-01","to":"2026-01-02"}""",
        "stands beside a prefix")]
    [InlineData("""{"prefix":"incoming/","bucket":7}""", "is the name of a bucket")]
    public async Task Bucket_that_starts_nothing_is_refused(string source, string why)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => BeginAsync(source));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_run_is_left_out_unless_forced()
    {
        var ran = Upload("incoming/a.csv");
        await _plane.Engine.SubmitAsync(
            new RunRequest(UploadIntake.Identify("line-count", ran), "upload incoming/*", ran.ToJson()), Job, default);
        Upload("incoming/b.csv");
        await BeginAsync(Incoming);
        await TickAsync();
        Assert.Equal((1, 1, 2), (Replay.Started, Replay.Skipped, _plane.Store.All.Count));

        await _plane.ReplayIntake.BeginAsync(
            new Replay("forced", Incoming, 60, Force: true, _plane.Clock.GetUtcNow()), default);
        await TickAsync();
        await TickAsync();

        Assert.Equal(4, _plane.Store.All.Count);
        Assert.Contains(_plane.Store.All, run => run.RetryOf == UploadIntake.Identify("line-count", ran));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(7, 120)]
    [InlineData(60, 121)]
    public async Task Never_more_are_started_a_minute_than_asked_for_and_none_is_left_out(int perMinute, int count)
    {
        foreach (var i in Enumerable.Range(0, count)) Upload($"incoming/{i:000}.csv");
        await BeginAsync(Incoming, perMinute);

        var minutes = 0;
        for (; !Replay.IsOver; minutes++)
        {
            Assert.InRange(await TickAsync(), 0, perMinute);
            // A second tick in the same minute finds it taken.
            Assert.Equal(0, await _plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default));
        }

        Assert.Equal(count, _plane.Store.All.Count);
        Assert.Equal((count, 0), (Replay.Started, Replay.Skipped));
        Assert.InRange(minutes, (count + perMinute - 1) / perMinute, (count / perMinute) + 1);
    }

    [Fact]
    public async Task Ticks_that_come_a_little_early_lose_no_minute_and_gain_none()
    {
        foreach (var i in Enumerable.Range(0, 10)) Upload($"incoming/{i}.csv");
        await BeginAsync(Incoming, perMinute: 1);
        await _plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);

        for (var i = 1; i <= 5; i++)
        {
            _plane.Clock.Advance(TimeSpan.FromSeconds(i % 2 == 0 ? 61 : 59));
            await _plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);
        }

        Assert.Equal(6, Replay.Started);
    }

    [Fact]
    public async Task Two_ticks_at_once_start_each_run_once_and_no_more_than_the_rate()
    {
        foreach (var i in Enumerable.Range(0, 20)) Upload($"incoming/{i:00}.csv");
        await BeginAsync(Incoming, perMinute: 10);

        var started = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => _plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default)));

        Assert.Equal(10, started.Sum());
        Assert.Equal(10, _plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Process_that_dies_at_any_call_loses_nothing_and_starts_nothing_twice()
    {
        const int Objects = 12;
        for (var crashAt = 0; ; crashAt++)
        {
            var plane = new TestPlane(Job);
            foreach (var i in Enumerable.Range(0, Objects))
            {
                plane.Uploads.Add(new Upload("inbox", $"incoming/{i:00}.csv") { VersionId = $"v{i}" });
            }

            await plane.ReplayIntake.BeginAsync(
                new Replay("k", Incoming, 5, Force: false, plane.Clock.GetUtcNow()), default);
            plane.Faults.CrashAt = crashAt + plane.Faults.Calls.Count;
            for (var minute = 0; minute < 20 && !(await plane.Replays.ReadAsync("k", default))!.IsOver; minute++)
            {
                try
                {
                    await plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);
                }
                catch (Exception) when (plane.Faults.HasCrashed)
                {
                    plane.Faults.Restart();
                }

                plane.Clock.Advance(Minute);
            }

            var replay = (await plane.Replays.ReadAsync("k", default))!;
            Assert.True(replay.IsOver, $"It did not end after a crash at call {crashAt}.");
            Assert.Equal((Objects, 0), (plane.Store.All.Count, replay.Failed));
            Assert.Equal(plane.Tasks.All.Count, plane.Tasks.All.Select(task => task.Launch.Id.Run).Distinct().Count());
            if (!plane.Faults.HasCrashed) return;
        }
    }

    [Fact]
    public async Task Item_that_never_starts_is_left_out_and_counted_and_the_admins_hear_of_it()
    {
        foreach (var i in Enumerable.Range(0, 20)) Upload($"incoming/{i:00}.csv");
        var poison = UploadIntake.Identify("line-count", Upload("incoming/02.csv"));
        _plane.Faults.Refuses = run => run.Id == poison;
        await BeginAsync(Incoming);

        for (var minute = 1; minute < Replayer.MaxTries; minute++)
        {
            await Assert.ThrowsAsync<AggregateException>(TickAsync);
            Assert.Equal((false, minute), (Replay.IsOver, Replay.Tries));
        }

        await TickAsync();

        Assert.Equal((true, false, 1, 19), (Replay.IsOver, Replay.IsGivenUp, Replay.Failed, _plane.Store.All.Count));
        Assert.Contains("incoming/02.csv", Replay.Error, StringComparison.Ordinal);
        var alert = Assert.Single(_plane.Alerts.Published);
        Assert.Contains("Replay k could not start 1 runs", alert.Subject, StringComparison.Ordinal);
        Assert.Contains("dotnet jobs replay --id k", alert.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_that_cannot_be_read_is_given_up_with_an_alert_and_begun_again_goes_on()
    {
        foreach (var i in Enumerable.Range(0, 4)) Upload($"incoming/{i}.csv");
        await BeginAsync(Incoming, perMinute: 2);
        await TickAsync();
        _plane.Faults.Before = call => { if (call == "PageAsync") throw new HttpRequestException("S3 is away."); };

        for (var minute = 0; minute < Replayer.MaxTries; minute++)
        {
            await Assert.ThrowsAsync<AggregateException>(TickAsync);
        }

        Assert.Equal((true, true, "S3 is away."), (Replay.IsOver, Replay.IsGivenUp, Replay.Error));
        Assert.Contains("was given up", Assert.Single(_plane.Alerts.Published).Subject, StringComparison.Ordinal);
        Assert.Equal(0, await TickAsync());

        _plane.Faults.Before = null;
        await BeginAsync(Incoming, perMinute: 2);
        while (!Replay.IsOver) await TickAsync();

        Assert.Equal((4, 0, null), (Replay.Started, Replay.Skipped, Replay.Error));
        Assert.Single(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Nothing_that_starts_at_all_gives_the_replay_up_where_it_is()
    {
        foreach (var i in Enumerable.Range(0, 20)) Upload($"incoming/{i:00}.csv");
        await BeginAsync(Incoming);
        _plane.Faults.Refuses = _ => true;

        for (var minute = 0; minute < Replayer.MaxTries; minute++)
        {
            await Assert.ThrowsAsync<AggregateException>(TickAsync);
        }

        Assert.Equal((true, 0, null), (Replay.IsGivenUp, Replay.Failed, Replay.Position));
    }

    [Fact]
    public async Task Replay_that_fails_holds_up_no_other()
    {
        Upload("incoming/a.csv");
        await BeginAsync(Incoming);
        _plane.Deploy(Job);
        await _plane.Replays.CreateAsync(
            new Replay(
                "a",
                """{"schedule":"gone/gone","from":"2026-01-01T00:00Z","to":"2026-01-02T00:00Z"}""",
                60,
                false,
                _plane.Clock.GetUtcNow()),
            default);

        var failed = await Assert.ThrowsAsync<AggregateException>(TickAsync);

        Assert.Contains("gone/gone is no longer deployed", failed.InnerExceptions[0].Message, StringComparison.Ordinal);
        Assert.True(Replay.IsOver);
        Assert.Single(_plane.Store.All);
    }

    [Fact]
    public async Task Planned_times_run_under_the_ids_that_the_schedule_gives_them()
    {
        var key = new ScheduleKey("report", "night");
        await _plane.Scheduler.ComeAsync(key, Time("2026-01-03T02:00Z"), default);
        await BeginAsync("""{"schedule":"report/night","from":"2026-01-02T00:00Z","to":"2026-01-05T02:00Z"}""");

        await TickAsync();

        Assert.Equal((2, 1), (Replay.Started, Replay.Skipped));
        Assert.Equal(
            ["2026-01-02T02:00Z", "2026-01-03T02:00Z", "2026-01-04T02:00Z"],
            _plane.Store.All.OrderBy(run => run.Trigger, StringComparer.Ordinal)
                .Select(run => run.Trigger.Split(' ')[^1]));
        Assert.All(
            _plane.Store.All, run => Assert.Equal(Scheduler.IdOf(key, Time(run.Trigger.Split(' ')[^1])), run.Id));
    }

    [Fact]
    public async Task Rate_is_counted_from_when_it_has_fired_so_that_what_ran_is_known()
    {
        var key = new ScheduleKey("report", "hourly");
        await _plane.Scheduler.ComeAsync(key, Time("2026-01-05T07:23Z"), default);
        await BeginAsync(
            """{"schedule":"report/hourly","from":"2026-01-05T04:00Z","to":"2026-01-05T08:00Z"}""", perMinute: 1);

        while (!Replay.IsOver) await TickAsync();

        Assert.Equal((3, 1), (Replay.Started, Replay.Skipped));
        Assert.Equal(
            ["04:23Z", "05:23Z", "06:23Z", "07:23Z"],
            _plane.Store.All.Select(run => run.Trigger[^6..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task Failed_runs_of_a_time_run_again_once_with_their_input(int perMinute)
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await _plane.SubmitAsync(Job, name);
            await _plane.DeliverAsync(
                _plane.Run(Job, name),
                name == "b"
                    ? await _plane.SucceedAsync(_plane.Run(Job, name))
                    : await _plane.FailAsync(_plane.Run(Job, name), retryable: false));
        }

        var source = """{"failed":{"job":"line-count","from":"2026-01-05T00:00Z","to":"2026-01-05T08:00Z"}}""";
        await BeginAsync(source, perMinute);
        while (!Replay.IsOver) await TickAsync();

        Assert.Equal((2, 0, 5), (Replay.Started, Replay.Skipped, _plane.Store.All.Count));
        var again = _plane.Store.All.Where(run => run.RetryOf is not null).ToList();
        Assert.Equal(
            [TestPlane.IdOf(Job, "a"), TestPlane.IdOf(Job, "c")],
            again.Select(run => run.RetryOf!.Value).OrderBy(id => id == TestPlane.IdOf(Job, "c")));
        Assert.All(again, run => Assert.Equal(_plane.Run(Job).Input, run.Input));

        await _plane.ReplayIntake.BeginAsync(
            new Replay("again", source, 60, Force: false, _plane.Clock.GetUtcNow()), default);
        await TickAsync();
        Assert.Equal(
            (0, 2),
            (
                (await _plane.Replays.ReadAsync("again", default))!.Started,
                (await _plane.Replays.ReadAsync("again", default))!.Skipped));
    }

    /// <summary>
    /// What failed in a drain is in its queue or among its dead letters; to start one by hand is always refused.
    /// </summary>
    [Fact]
    public async Task Failed_runs_of_all_jobs_are_without_those_that_drain_a_queue()
    {
        var drain = new JobDefinition("drain") { Queue = new QueueTrigger() };
        var plane = new TestPlane(Job, drain);
        foreach (var job in new[] { Job, drain })
        {
            await plane.SubmitAsync(job);
            await plane.DeliverAsync(plane.Run(job), await plane.FailAsync(plane.Run(job), retryable: false));
        }

        var alerts = plane.Alerts.Published.Count;
        const string source = """{"failed":{"from":"2026-01-05T00:00Z","to":"2026-01-05T08:00Z"}}""";
        await plane.ReplayIntake.BeginAsync(
            new Replay("k", source, 60, Force: false, plane.Clock.GetUtcNow()), default);
        await plane.Replayer.TickAsync(plane.Clock.GetUtcNow() + Minute, default);

        var replay = (await plane.Replays.ReadAsync("k", default))!;
        Assert.Equal((true, 1, 0, 0), (replay.IsOver, replay.Started, replay.Skipped, replay.Failed));
        Assert.Equal(plane.Run(Job).Id, Assert.Single(plane.Store.All, run => run.RetryOf is not null).RetryOf);
        Assert.Equal(alerts, plane.Alerts.Published.Count);
    }

    [Fact]
    public async Task Failed_runs_of_a_job_that_drains_its_queue_are_refused_before_the_replay_begins()
    {
        var plane = new TestPlane(Job, new JobDefinition("drain") { Queue = new QueueTrigger() });
        const string source = """{"failed":{"job":"drain","from":"2026-01-05T00:00Z","to":"2026-01-05T08:00Z"}}""";

        var refused = await Assert.ThrowsAsync<RejectedMessageException>(
            () =>
                plane.ReplayIntake.BeginAsync(
                    new Replay("k", source, 60, Force: false, plane.Clock.GetUtcNow()), default));

        Assert.Contains(
            "What failed for good is among the queue's dead letters", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"prefix":"elsewhere/"}""",
        "No job is started by uploads under 'elsewhere/'. There are triggers for: incoming/*.")]
    [InlineData("""{"schedule":"report/hourli","from":"2026-01-01T00:00Z","to":"2026-01-02T00:00Z"}""",
        "There is no schedule 'report/hourli'; did you mean 'report/hourly'?")]
    [InlineData("""{"schedule":"report/hourly","from":"2026-01-01T00:00Z","to":"2026-02-01T00:00Z"}""",
        "which has not come. What is planned for then starts by itself")]
    [InlineData("""{"failed":{"job":"reprot","from":"2026-01-01T00:00Z","to":"2026-01-02T00:00Z"}}""",
        "There is no job 'reprot'; did you mean 'report'?")]
    public async Task Replay_of_what_there_is_not_is_refused_with_what_there_is(string source, string reason) =>
        Assert.Contains(
            reason,
            (await Assert.ThrowsAnyAsync<RejectedMessageException>(() => BeginAsync(source))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Replay_begun_twice_is_one_and_its_id_is_no_other_s()
    {
        Upload("incoming/a.csv");
        await BeginAsync(Incoming);
        await TickAsync();

        Assert.True((await BeginAsync(Incoming)).IsOver);
        var refused = await Assert.ThrowsAsync<RejectedMessageException>(
            () => BeginAsync("""{"prefix":"incoming/a"}"""));
        Assert.Contains("Choose another id", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_replay_starts_nothing_more_and_never_goes_on()
    {
        foreach (var i in Enumerable.Range(0, 4)) Upload($"incoming/{i}.csv");
        await BeginAsync(Incoming, perMinute: 2);
        await TickAsync();

        Assert.True(await _plane.ReplayIntake.CancelAsync("k", default));
        Assert.False(await _plane.ReplayIntake.CancelAsync("k", default));
        // The command that began it, delivered once more.
        Assert.True((await BeginAsync(Incoming, perMinute: 2)).IsCancelled);
        Assert.Equal(0, await TickAsync());

        Assert.Equal((true, true, 2), (Replay.IsOver, Replay.IsCancelled, Replay.Started));
        Assert.Equal(2, _plane.Store.All.Count);
        Assert.Empty(_plane.Alerts.Published);
    }

    [Fact]
    public async Task Replay_cancelled_while_a_tick_works_on_it_stays_cancelled()
    {
        foreach (var i in Enumerable.Range(0, 200)) Upload($"incoming/{i:000}.csv");
        await BeginAsync(Incoming, perMinute: 1_000);
        var pages = 0;
        _plane.Faults.Before = call =>
            {
                if (call == "PageAsync" && ++pages == 2) Assert.True(_plane.ReplayIntake.CancelAsync("k",
                default).Result);
            };

        await TickAsync();

        Assert.Equal((true, false), (Replay.IsCancelled, Replay.IsGivenUp));
        // The page under way is finished, and no other begun.
        Assert.Equal((2, 100), (pages, _plane.Store.All.Count));
        Assert.Equal(0, await TickAsync());
    }

    [Fact]
    public async Task Cancel_of_a_replay_that_there_is_not_is_refused_with_the_remedy() => Assert.Contains(
        "There is no replay 'k'", (
            await Assert.ThrowsAsync<RejectedMessageException>(() =>
                _plane.ReplayIntake.CancelAsync("k", default))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"prefix":""}""", "not all and nothing under _jobs/")]
    [InlineData("""{"prefix":"_jobs/results/"}""", "not all and nothing under _jobs/")]
    [InlineData("""{"deadLetters":"Uploads"}""", "Use dotnet jobs replay --dead-letters Uploads.")]
    [InlineData("""{"schedule":"report","from":"2026-01-01","to":"2026-01-02"}""", "{\"schedule\":\"job/name\"")]
    [InlineData("""{"schedule":"a/b","from":"yesterday","to":"2026-01-02"}""", "'from' is a time")]
    [InlineData("""{"failed":{"from":"2026-01-02","to":"2026-01-01"}}""", "'from' is before 'to'")]
    [InlineData("""{"prefix":"a/","suffix":".csv"}""", "$.source has no member 'suffix'")]
    [InlineData("""{"prefix":"a/","schedule":"a/b"}""", "exactly one thing")]
    [InlineData("""{}""", "exactly one thing")]
    [InlineData("7", "a replay's source is a JSON object")]
    public void Source_that_is_none_is_refused_with_the_remedy(string source, string reason)
    {
        using var document = JsonDocument.Parse(source);
        Assert.Contains(
            reason,
            Assert.Throws<RejectedMessageException>(() => ReplayJson.Read(document.RootElement)).Message,
            StringComparison.Ordinal);
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Upload Upload(string key)
    {
        var upload = new Upload("inbox", key, 3) { VersionId = $"v-{key}", ETag = "e" };
        _plane.Uploads.Add(upload);
        return upload;
    }

    private Task<Replay> BeginAsync(string source, int perMinute = 60) =>
        _plane.ReplayIntake.BeginAsync(
            new Replay("k", source, perMinute, Force: false, _plane.Clock.GetUtcNow()), default);

    /// <summary>The next minute's.</summary>
    private async Task<int> TickAsync()
    {
        _plane.Clock.Advance(Minute);
        return await _plane.Replayer.TickAsync(DateTimeOffset.MaxValue, default);
    }
}
