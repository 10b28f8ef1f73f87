using Jobs.Cli.Ground;
using Jobs.Core.Alerts;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class ReadingTests
{
    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task List_shows_what_starts_a_job()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("list --json"));

        var import = _jobs.Json["jobs"]![0]!;
        Assert.Equal("csv-import", (string)import["name"]!);
        Assert.Equal(256, (int)import["cpu"]!);
        Assert.Equal("upload incoming/*.csv", (string)import["triggers"]![0]!);
        Assert.Equal(
            [
                "name", "owner", "labels", "recipients", "cpu", "memoryMiB", "architecture", "spot", "maxConcurrent",
                "timeoutMinutes", "attempts", "triggers", "paused", "inputSchema",
            ],
            import.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Owner_shows_in_the_list_where_a_job_has_one_and_with_a_run()
    {
        await _jobs.RunAsync("list");
        Assert.DoesNotContain("OWNER", _jobs.Out, StringComparison.Ordinal);
        var owned = new JobDefinition("csv-import") { Owner = "Orders team", Recipients = [new("o@example.com")] };
        _jobs.Stack.Catalog = new JobCatalog([owned, new JobDefinition("other")]);

        await _jobs.RunAsync("list");
        Assert.Matches("(?m)^JOB .* OWNER\\s*$", _jobs.Out);
        Assert.Matches("(?m)^csv-import .* Orders team\\s*$", _jobs.Out);
        Assert.Matches("(?m)^other .* -\\s*$", _jobs.Out);
        await _jobs.RunAsync("list --json");
        Assert.Equal("Failure", (string)_jobs.Json["jobs"]![0]!["recipients"]![0]!["on"]!);

        var run = await _jobs.AddAsync("csv-import", "done", RunState.Succeeded);
        await _jobs.RunAsync("show", run.Id.ToString());
        Assert.Contains("Orders team", _jobs.Out, StringComparison.Ordinal);
        await _jobs.RunAsync("show", run.Id.ToString(), "--json");
        Assert.Equal("Orders team", (string)_jobs.Json["owner"]!);
    }

    [Fact]
    public async Task Declared_labels_show_in_the_list_where_a_job_has_them()
    {
        await _jobs.RunAsync("list");
        Assert.DoesNotContain("LABELS", _jobs.Out, StringComparison.Ordinal);
        var labelled = new JobDefinition("csv-import") { Labels = ["team=billing", "tier=gold"] };
        _jobs.Stack.Catalog = new JobCatalog([labelled, new JobDefinition("other")]);

        await _jobs.RunAsync("list");
        Assert.Matches("(?m)^csv-import .* team=billing, tier=gold\\s*$", _jobs.Out);
        Assert.Matches("(?m)^other .* -\\s*$", _jobs.Out);
        await _jobs.RunAsync("list --json");
        Assert.Equal("tier=gold", (string)_jobs.Json["jobs"]![0]!["labels"]![1]!);
    }

    [Fact]
    public async Task List_shows_all_that_may_start_a_job_a_line_each()
    {
        var jobs = new CommandLine { Terminal = 100 };
        jobs.Stack.Catalog = new(
        [
            new JobDefinition("everything")
            {
                Uploads = [new UploadTrigger("a/", ".csv"), new UploadTrigger("b/")],
                Events =
                [
                    new EventTrigger("failed") { Source = "shop", DetailType = "Failed", Detail = """{"a":[1]}""" },
                    new EventTrigger("whole") { Pattern = """{"source":["a"]}""", Bus = "orders" },
                ],
                Schedules = [new ScheduleTrigger("nightly", "cron(30 2 * * ? *)") { TimeZone = "Europe/Berlin" }],
                Queue = new QueueTrigger { MaxTasks = 4 },
                Afters = [new("one"), new("two", AfterOutcome.Failure), new("three", AfterOutcome.Always)],
            },
            new JobDefinition("nothing"),
        ]);

        await jobs.RunAsync("list");

        Assert.Equal(
            [
                "STARTED BY", "upload a/*.csv into the queue", "upload b/* into the queue",
                """event shop Failed {"a":[1]}""",
                """event {"source":["a"]} on orders""", "schedule cron(30 2 * * ? *) Europe/Berlin",
                "queue, up to 4 tasks", "after one", "after two failed", "after three, however it ended", "submit",
            ],
            jobs.Out.Trim()
                .Split('\n')
                .Select(line => line[jobs.Out.IndexOf("STARTED BY", StringComparison.Ordinal)..].TrimEnd('\r')));
        Assert.All(jobs.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public async Task Show_has_the_verdict_with_its_next_step_the_attempts_and_the_cost()
    {
        var run = await _jobs.AddAsync(
            "csv-import", "failed", RunState.Failed, with: failed => failed with { Attempt = 2, Launch = 2 });
        await AddAttemptAsync(run, 1);
        await AddAttemptAsync(run, 2);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("show", run.Id.ToString()));

        Assert.Contains("Next: Upload one with content.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("It did not work.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("launch 2 ended: ExitedNonZero", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("about $", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"dotnet jobs retry {run.Id} --stack jobs", _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public async Task Text_from_outside_never_moves_the_terminal(int? terminal)
    {
        var jobs = new CommandLine { Terminal = terminal };
        const string evil = "\u001b[2J\uffff\u202e";
        var failed = new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, $"Fails {evil}.", $"Do {evil}.");
        var run = await jobs.AddAsync(
            "csv-import", "evil", RunState.Failed, with: run =>
                run with { Verdict = failed, Trigger = $"upload {evil}" });
        jobs.Stack.Letters["Uploads"] = [new("letter", jobs.Clock.GetUtcNow(), 1, $"reason {evil}", $"body {evil}")];
        var shown = "";
        foreach (var line in (string[])[$"show {run.Id}", "runs", "status", "dead-letters", "dead-letters Uploads"])
        {
            await jobs.RunAsync(line);
            shown += jobs.Out + jobs.Error;
        }

        Assert.DoesNotContain(shown, c => (char.IsControl(c) && c is not ('\n' or '\r')) || c is '\uffff' or '\u202e');
        Assert.Contains("Fails \\u001B[2J\\uFFFF\\u202E.", shown, StringComparison.Ordinal);
        Assert.Contains("reason \\u001B[2J", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_of_an_array_says_how_far_it_is_without_reading_its_children()
    {
        var array = await _jobs.AddAsync(
            "csv-import", "array", RunState.AwaitingChildren, with: run =>
                run with { Array = new ArrayWork("_jobs/arrays/a.jsonl", 100_000, 10), Children = 100_000 });
        var children = _jobs.Stack.StoredChildren;
        var broken = new ChildRun(30, ChildRun.IdOf("csv-import", array.Id, 30))
        {
            State = RunState.Failed,
            Error = "Line 31 is not JSON."
        };
        foreach (var index in (int[])[0, 1, 99_000]) await children.NoteEndAsync(array.Id,
            new(index, array.Id) { State = RunState.Succeeded }, default);
        await children.NoteEndAsync(array.Id, broken, default);
        await children.NoteFailedAsync(array.Id, [31], default);
        await _jobs.Stack.Cursors.ReplaceAsync(array.Id, ArrayCursor.None, new ArrayCursor(99_010, 1, 0, null),
            default);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("show", array.Id.ToString()));
        Assert.Contains("100,000: 99,010 begun, 5 ended, 2 failed", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("Failed: Line 31 is not JSON.", _jobs.Out, StringComparison.Ordinal);

        await _jobs.RunAsync("show", array.Id.ToString(), "--json");
        var shown = _jobs.Json["children"]!;
        Assert.Equal((100_000, 99_010, 5, 2),
            ((int)shown["count"]!, (int)shown["begun"]!, (int)shown["ended"]!, (int)shown["failed"]!));
        Assert.Equal(broken.Run.ToString(), (string)Assert.Single(shown["failures"]!.AsArray())!["run"]!);
    }

    [Fact]
    public async Task Show_in_json_has_the_result_as_json()
    {
        var run = await _jobs.AddAsync("csv-import", "done", RunState.Succeeded);
        await _jobs.Stack.Workers.ClaimAsync(run.LaunchId, Sample.Task1, run.CreatedAt, CancellationToken.None);
        await _jobs.Stack.Workers.CompleteAsync(
            run.LaunchId, run.CreatedAt, new(0) { ResultJson = """{"rows":7}""" }, CancellationToken.None);

        await _jobs.RunAsync("show", run.Id.ToString(), "--json");

        Assert.Equal(7, (int)_jobs.Json["result"]!["rows"]!);
        Assert.Equal("incoming/a.csv", (string)_jobs.Json["input"]!["key"]!);
        Assert.Equal("Succeeded", (string)Assert.Single(_jobs.Json["attempts"]!.AsArray())!["verdict"]!["class"]!);
        Assert.True((decimal)_jobs.Json["cost"]!["dollars"]! > 0);
    }

    [Fact]
    public async Task Logs_are_of_all_attempts_in_order_and_for_people()
    {
        var run = await _jobs.AddAsync(
            "csv-import",
            "failed",
            RunState.Failed,
            with: failed => failed with { Launch = 2, TaskArn = Sample.Task2 });
        await AddAttemptAsync(run, 1, Sample.Task1);
        _jobs.Stack.Lines["worker/worker/1"] =
        [
            new(run.CreatedAt, """{"time":"x","level":"info","message":"first"}"""),
        ];
        _jobs.Stack.Lines["worker/worker/2"] =
        [
            new(run.CreatedAt.AddMinutes(1), """{"time":"x","level":"error","message":"second","exception":"boom"}"""),
            new(run.CreatedAt, "plain [text]"),
        ];

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("logs", run.Id.ToString()));

        Assert.Equal(
            ["07:59:00 info  first", "08:00:00 error second", "boom", "07:59:00 plain [text]"],
            _jobs.Out.Trim().Split('\n').Select(line => line.TrimEnd('\r')));
    }

    [Theory]
    [InlineData(RunState.Succeeded, ExitCodes.Done)]
    [InlineData(RunState.Failed, ExitCodes.Failed)]
    public async Task Following_ends_as_the_run_did(RunState end, int code)
    {
        var run = await _jobs.AddAsync("csv-import", "over", end);
        _jobs.Stack.Lines["worker/worker/1"] = [new(run.CreatedAt, "a line")];

        var following = _jobs.RunAsync("logs", "-f", run.Id.ToString());
        while (!following.IsCompleted)
        {
            await Task.Yield();
            if (_jobs.Clock.ArmedTimers > 0) _jobs.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(code, await following);
        Assert.Single(_jobs.Out.Trim().Split('\n'));
    }

    [Fact]
    public async Task Status_is_one_screen_of_what_is_under_way_and_what_is_wrong()
    {
        await _jobs.AddAsync(
            "csv-import",
            "pending",
            RunState.Pending,
            with: run => run with { TaskArn = null, StartedAt = null, Slot = 0, TurnAt = run.CreatedAt });
        await _jobs.AddAsync("csv-import", "failed", RunState.Failed);
        _jobs.Stack.Letters["Uploads"].Add(new("1", _jobs.Clock.GetUtcNow(), 1, "It is not an event.", "{}"));
        var failed = AlertMember.Of(RunId.From("csv-import", "failed"));
        await _jobs.Stack.Alerts.CountAsync(
            new AlertCauseKey("csv-import", false, "JobFailed"), failed, "id", _jobs.Clock.GetUtcNow(), default);

        await _jobs.RunAsync("status --json");

        Assert.Equal(1, (int)_jobs.Json["active"]![0]!["pending"]!);
        Assert.Equal("for one of its job's slots", (string)_jobs.Json["pending"]![0]!["waiting"]!);
        Assert.Equal(
            1,
            (int)_jobs.Json["queues"]!.AsArray().Single(
                queue => (string)queue!["name"]! == "Uploads")!["deadLetters"]!);
        Assert.Equal("The file is empty.", (string)_jobs.Json["failures"]![0]!["verdict"]!["sentence"]!);
        Assert.Equal("JobFailed", (string)_jobs.Json["alerts"]![0]!["reason"]!);
        Assert.Equal("hourly-report/hourly", (string)_jobs.Json["schedules"]![0]!["name"]!);

        await _jobs.RunAsync("status");

        Assert.Contains("LAST FAILURES", _jobs.Out, StringComparison.Ordinal);
        Assert.True(_jobs.Out.Split('\n').Length <= 25, _jobs.Out);
    }

    [Fact]
    public async Task Status_counts_a_rate_from_when_it_last_came_however_often_one_looks()
    {
        var last = _jobs.Clock.GetUtcNow().AddMinutes(-42);
        await _jobs.Stack.FiredSchedules.SaveAsync(
            new ScheduleState(new("hourly-report", "hourly")) { Version = 1, LastPlannedAt = last },
            CancellationToken.None);

        foreach (var minutes in new[] { 0, 5 })
        {
            _jobs.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await _jobs.RunAsync("status --json");
            Assert.Equal(last.AddHours(1), (DateTimeOffset)_jobs.Json["schedules"]![0]!["next"]!);
            Assert.Equal(last, (DateTimeOffset)_jobs.Json["schedules"]![0]!["last"]!);
        }

        // A run that is missing does not hold the schedule back.
        _jobs.Clock.Advance(TimeSpan.FromHours(1));
        await _jobs.RunAsync("status --json");
        Assert.Equal(last.AddHours(2), (DateTimeOffset)_jobs.Json["schedules"]![0]!["next"]!);
    }

    [Fact]
    public async Task Status_shows_a_schedules_next_time_in_its_zone_and_in_UTC()
    {
        _jobs.Stack.Catalog = new(
            [new JobDefinition("report") { Schedules = [new ScheduleTrigger("nightly",
                "cron(30 0 * * ? *)") { TimeZone = "Europe/Berlin" },
                    new ScheduleTrigger("noon", "cron(0 12 * * ? *)")] }]);

        await _jobs.RunAsync("status");

        Assert.Matches(@"report/noon +in 4 h +Jan 5 12:00 UTC", _jobs.Out);
        Assert.Matches(@"report/nightly +in 15 h 30 min +Jan 6 00:30 Europe/Berlin, Jan 5 23:30 UTC", _jobs.Out);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public async Task Status_of_a_busy_stack_fits_the_terminal(int columns)
    {
        var jobs = new CommandLine { Terminal = columns };
        await jobs.AddAsync(
            "csv-import",
            "pending",
            RunState.Pending,
            with: run => run with { TaskArn = null, StartedAt = null, Slot = 0, TurnAt = run.CreatedAt });
        await jobs.AddAsync(
            "hourly-report",
            "failed",
            RunState.Failed,
            with: run =>
                run with
                {
                    Verdict = new(VerdictClass.JobFailed, VerdictAction.GiveUp, new string('x', 200), "Upload it."),
                });
        jobs.Stack.Depths["Uploads"] = new(1_234_567, 120, 0);
        jobs.Stack.Letters["Uploads"].Add(new("1", jobs.Clock.GetUtcNow(), 1, "It is not an event.", "{}"));
        jobs.Stack.Catalog = new(
            [new JobDefinition("hourly-report") { Schedules = [new ScheduleTrigger("every-weekday",
                "cron(30 0 * * ? *)") { TimeZone = "America/Argentina/Buenos_Aires" }] }]);
        var failed = AlertMember.Of(RunId.From("hourly-report", "failed"));
        await jobs.Stack.Alerts.CountAsync(
            new AlertCauseKey(
                "hourly-report", false, new string('y', 200)), failed, "id", jobs.Clock.GetUtcNow(), default);

        await jobs.RunAsync("status");

        Assert.All(jobs.Out.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= columns, line));
        Assert.All(
            new[] { "UNDER WAY", "WAITING LONGEST", "for one of its job's slots", "1,234,567", "in 19 h 30 min",
                "LAST FAILURES", "OPEN ALERT" },
            text => Assert.Contains(text, jobs.Out, StringComparison.Ordinal));
        Assert.InRange(jobs.Out.Split('\n').Length, 10, 25);
    }

    [Fact]
    public async Task Status_before_the_first_tick_knows_no_schedules_and_shows_the_rest()
    {
        _jobs.Stack.Catalog = null;

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("status --json"));

        Assert.Null(_jobs.Json["schedules"]);
        Assert.NotEmpty(_jobs.Json["queues"]!.AsArray());
    }

    [Fact]
    public async Task Cost_is_added_up_by_job()
    {
        await _jobs.AddAsync("csv-import", "a", RunState.Succeeded);
        await _jobs.AddAsync("csv-import", "b", RunState.Failed);
        await _jobs.AddAsync("csv-import", "old", RunState.Succeeded, minutesAgo: 20_000);

        await _jobs.RunAsync("cost --json");

        var import = _jobs.Json["jobs"]![0]!;
        Assert.Equal(2, (int)_jobs.Json["runs"]!);
        Assert.Equal(180, (double)import["billedSeconds"]!);
        Assert.Equal((decimal)import["dollars"]! / 2, (decimal)import["failedDollars"]!);
    }

    [Fact]
    public async Task Dead_letters_are_shown_with_their_reason_and_go_back()
    {
        _jobs.Stack.Letters["Uploads"].Add(new("1", _jobs.Clock.GetUtcNow(), 1, "It is not an event.", "{\"a\":1}"));

        await _jobs.RunAsync("dead-letters");

        Assert.Contains("It is not an event.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("dotnet jobs dead-letters Uploads --redrive", _jobs.Error, StringComparison.Ordinal);
        Assert.Single(_jobs.Stack.Letters["Uploads"]);

        await _jobs.RunAsync("dead-letters uploads --redrive --json");

        Assert.Equal(1, (int)_jobs.Json["moved"]!);
        Assert.Empty(_jobs.Stack.Letters["Uploads"]);
    }

    private async Task AddAttemptAsync(
        Run run, int launch, string task = Sample.Task1) => await _jobs.Stack.Store.SaveAttemptAsync(
        new Attempt(
            new LaunchId(run.Id, launch),
            launch,
            new Verdict(VerdictClass.ExitedNonZero, VerdictAction.Retry, "It did not work.", "Look."))
        {
            TaskArn = task,
            StartedAt = run.CreatedAt,
            EndedAt = run.CreatedAt.AddSeconds(launch),
            Billed = TimeSpan.FromSeconds(60),
            ExitCode = 3,
        },
        CancellationToken.None);
}
