using Jobs.Cli.Ground;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

/// <summary>What runs are about: shown in listings, and found by.</summary>
[Collection(nameof(CommandLine))]
public sealed class SubjectTests
{
    private const string LongKey = "incoming/2026/03/a-folder-with-a-long-name/table.csv";

    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task Listing_says_which_key_event_planned_time_or_queue_a_run_is_about()
    {
        var upload = new Upload("inbox", "incoming/a.csv") { VersionId = "v" }.ToJson();
        await _jobs.AddAsync("csv-import", "failed", RunState.Failed, with: run => run with { Input = upload });
        await _jobs.AddAsync("csv-import", "done", RunState.Succeeded, with: run => run with { Input = upload });
        await _jobs.AddAsync(
            "hourly-report", "planned", RunState.Succeeded, with: run =>
                run with { Trigger = "schedule hourly 2026-01-05T07:00Z" });
        await _jobs.AddAsync(
            "hourly-report", "drain", RunState.Running, with: run => run with { Trigger = BacklogWatch.Trigger });

        await _jobs.AddAsync(
            "csv-import", "image", RunState.Running, with: run =>
                run with { Trigger = "event scans 6a7e8feb of arn:aws:ecr:eu-central-1:1:repository/app" });
        await _jobs.AddAsync(
            "csv-import", "order", RunState.Running, with: run => run with { Trigger = "event orders 7b7e8feb" });

        await _jobs.RunAsync("runs");
        var lines = _jobs.Out.Split('\n').Select(line => line.Trim()).ToList();
        Assert.Contains(lines, line => line.EndsWith(" incoming/a.csv: The file is empty.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" incoming/a.csv", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" hourly 2026-01-05T07:00Z", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" HourlyReport", StringComparison.Ordinal));
        Assert.Contains(
            lines, line => line.EndsWith(" arn:aws:ecr:eu-central-1:1:repository/app", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" 7b7e8feb", StringComparison.Ordinal));

        await _jobs.RunAsync("runs --state failed --json");
        Assert.Equal("incoming/a.csv", (string)_jobs.Json["runs"]![0]!["about"]!);
        await _jobs.RunAsync("status");
        Assert.Contains("incoming/a.csv: The file is empty.", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_key_on_a_screen_is_cut_at_its_beginning()
    {
        var jobs = new CommandLine { Terminal = 120 };
        var upload = new Upload("inbox", LongKey) { VersionId = "v" }.ToJson();
        await jobs.AddAsync("csv-import", "failed", RunState.Failed, with: run => run with { Input = upload });

        await jobs.RunAsync("runs");

        Assert.Contains($" …{LongKey[^31..]}: The file is empty.", jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_finds_the_runs_of_each_of_its_uploads_and_reads_no_history()
    {
        var newest = _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);
        var older = newest with { VersionId = "older" };
        _jobs.Stack.OldVersions.Add(older);
        _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv.bak", [1]);
        await AddAsync(newest, RunState.Succeeded);
        await AddAsync(older, RunState.Failed);
        await _jobs.AddAsync("csv-import", "other", RunState.Succeeded);
        _jobs.Stack.History = new BrokenHistory(_jobs.Stack.History) { Pages = false };

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("runs --key incoming/a.csv --json"));
        Assert.Equal(
            new[] { newest, older }.Select(upload => UploadIntake.Identify("csv-import", upload).ToString())
                .ToHashSet(),
            _jobs.Json["runs"]!.AsArray().Select(run => (string)run!["id"]!).ToHashSet());

        await _jobs.RunAsync("runs --key incoming/a.csv --state failed --json");
        Assert.Equal(
            UploadIntake.Identify("csv-import", older).ToString(),
            (string)Assert.Single(_jobs.Json["runs"]!.AsArray())!["id"]!);
        await _jobs.RunAsync("runs --key incoming/b.csv");
        Assert.Contains("No such runs.", _jobs.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("runs --key incoming/a.csv --follow"));
    }

    [Fact]
    public async Task Key_is_looked_for_in_every_bucket_or_in_the_one_that_is_named()
    {
        _jobs.Stack.Catalog = new JobCatalog(
            [new JobDefinition("csv-import") { Uploads = [new("incoming/"), new("incoming/") { Bucket = "raw" }] }])
            .WithBuckets(new Dictionary<string, string> { ["raw"] = "acme-raw-prod" });
        var own = _jobs.Stack.Files.Put(FakeStack.BucketName, "incoming/a.csv", [1]);
        var raw = _jobs.Stack.Files.Put("acme-raw-prod", "incoming/a.csv", [1]);
        await AddAsync(own, RunState.Succeeded);
        await AddAsync(raw, RunState.Failed, "raw");

        Assert.Equal(2, await CountAsync("runs --key incoming/a.csv --json"));
        Assert.Equal(1, await CountAsync("runs --key incoming/a.csv --bucket raw --json"));
        Assert.Equal(1, await CountAsync("runs --key incoming/a.csv --bucket acme-raw-prod --json"));
        Assert.Equal(1, await CountAsync($"runs --key incoming/a.csv --bucket {FakeStack.BucketName} --json"));

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("runs --key incoming/a.csv --bucket other"));
        Assert.Contains("The stack's buckets are", _jobs.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("runs --bucket raw"));
    }

    private async Task<int> CountAsync(string line)
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync(line));
        return _jobs.Json["runs"]!.AsArray().Count;
    }

    [Fact]
    public async Task Error_finds_the_runs_whose_error_has_the_text()
    {
        await _jobs.AddAsync("csv-import", "done", RunState.Succeeded);
        var found = await _jobs.AddAsync("csv-import", "empty", RunState.Failed);
        var header = new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, "There is no header.", "Add one.");
        await _jobs.AddAsync("csv-import", "header", RunState.Failed, with: run => run with { Verdict = header });

        await _jobs.RunAsync("runs", "--error", "IS EMPTY", "--json");

        Assert.Equal(found.Id.ToString(), (string)Assert.Single(_jobs.Json["runs"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Run_whose_task_has_claimed_it_waits_for_nothing()
    {
        var run = await _jobs.AddAsync(
            "csv-import", "claimed", RunState.Starting, with: run => run with { TaskArn = null });
        await _jobs.Stack.Workers.ClaimAsync(run.LaunchId, "arn:aws:ecs:r:a:task/c/1", run.CreatedAt, default);

        await _jobs.RunAsync("show", run.Id.ToString(), "--json");

        Assert.Equal("Running", (string)_jobs.Json["run"]!["state"]!);
        Assert.Null(_jobs.Json["run"]!["waiting"]);
    }

    [Fact]
    public async Task Last_failures_are_in_the_order_in_which_they_ended()
    {
        var ends = _jobs.Clock.GetUtcNow();
        var slow = await _jobs.AddAsync(
            "csv-import", "slow", RunState.Failed, minutesAgo: 60, with: run =>
                run with { EndedAt = ends.AddMinutes(-1) });
        var fast = await _jobs.AddAsync(
            "csv-import", "fast", RunState.Failed, minutesAgo: 10, with: run =>
                run with { EndedAt = ends.AddMinutes(-9) });

        await _jobs.RunAsync("status --json");

        Assert.Equal(
            [slow.Id.ToString(), fast.Id.ToString()],
            _jobs.Json["failures"]!.AsArray().Select(run => (string)run!["id"]!));
    }

    [Theory]
    [InlineData("no json {")]
    [InlineData("\u001b[2J")]
    public async Task Result_that_is_no_json_is_shown_as_the_text_it_is(string result)
    {
        var run = await _jobs.AddAsync("csv-import", "done", RunState.Succeeded);
        await _jobs.Stack.Workers.ClaimAsync(run.LaunchId, run.TaskArn!, run.CreatedAt, default);
        await _jobs.Stack.Workers.CompleteAsync(
            run.LaunchId, run.CreatedAt, new(0) { ResultJson = result }, default);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("show", run.Id.ToString()));
        Assert.DoesNotContain('\u001b', _jobs.Out);
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("show", run.Id.ToString(), "--json"));
        Assert.Equal(result, (string)_jobs.Json["result"]!);
    }

    private async Task AddAsync(Upload upload, RunState state, string name = "")
    {
        var run = await _jobs.AddAsync("csv-import", name + upload.VersionId!, state);
        Assert.True(await _jobs.Stack.Store.CreateAsync(
            new Run(UploadIntake.Identify("csv-import", upload))
            {
                State = state,
                Trigger = run.Trigger,
                Policy = run.Policy,
                CreatedAt = run.CreatedAt,
                Verdict = run.Verdict,
                EndedAt = run.EndedAt,
            },
            default));
    }
}
