using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class PauseTests
{
    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task Pause_is_sent_with_its_end_and_its_reason()
    {
        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync("pause", "csv-import", "--until", "6h", "--reason", "The source is migrated."));

        var until = _jobs.Clock.GetUtcNow().AddHours(6);
        Assert.Equal(
            $$"""{"command":"pause","id":"new-id","job":"csv-import","until":"{{until:yyyy-MM-ddTHH:mm:ss}}+00:00","reason":"The source is migrated."}""",
            Assert.Single(_jobs.Stack.Sent));
        Assert.Contains("dotnet jobs resume csv-import --stack jobs", _jobs.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hourly")]
    [InlineData("hourly-report/hourly")]
    public async Task Schedule_is_paused_and_resumed_by_its_name(string typed)
    {
        await _jobs.RunAsync("pause", "hourly-report", "--schedule", typed, "--reason", "r");
        await _jobs.RunAsync("resume", "hourly-report", "--schedule", typed);

        Assert.Equal(
            [
                """{"command":"pause","id":"new-id","job":"hourly-report","schedule":"hourly","reason":"r"}""",
                """{"command":"resume","id":"new-id","job":"hourly-report","schedule":"hourly"}""",
            ],
            _jobs.Stack.Sent);
    }

    [Theory]
    [InlineData("pause csv-import", "--reason")]
    [InlineData("pause csv-imprt --reason r", "did you mean 'csv-import'?")]
    [InlineData("pause hourly-report --schedule hourl --reason r", "did you mean 'hourly'?")]
    [InlineData("pause csv-import --until 30s --reason r", "a pause lasts 1 minute to 365 days")]
    [InlineData("pause csv-import --until 400d --reason r", "a pause lasts 1 minute to 365 days")]
    [InlineData("pause csv-import --until 2020-01-01 --reason r", "a pause lasts 1 minute to 365 days")]
    [InlineData("pause served --reason r", "Job 'served' is a service")]
    public async Task Pause_that_would_be_refused_is_not_sent(string line, string reason)
    {
        _jobs.Stack.Catalog = new([
            .. _jobs.Stack.Catalog!.Jobs,
            new JobDefinition("served") { Queue = new QueueTrigger { Mode = QueueMode.Service } },
        ]);

        Assert.NotEqual(ExitCodes.Done, await _jobs.RunAsync(line));
        Assert.Contains(reason, _jobs.Error, StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Pause_of_a_job_that_is_no_longer_deployed_can_be_ended()
    {
        await PauseAsync("gone", null);
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("resume gone"));
        Assert.Contains("\"job\":\"gone\"", Assert.Single(_jobs.Stack.Sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_pause_says_so_everywhere()
    {
        await PauseAsync("csv-import", null);
        var run = await _jobs.AddAsync("csv-import", "a", RunState.Pending);
        const string Why = "paused by user/alice: The source is migrated.";

        foreach (var line in new[] { "list", "runs", $"show {run.Id}", "status", "status --json", "runs --json" })
        {
            await _jobs.RunAsync(line);
            Assert.True(
                _jobs.Out.Contains(Why, StringComparison.Ordinal)
                    || (line == "status" && _jobs.Out.Contains("for its job, paused by", StringComparison.Ordinal)),
                $"{line}: {_jobs.Out}");
        }

        await _jobs.RunAsync("status --json");
        Assert.Equal("csv-import", (string)_jobs.Json["pauses"]![0]!["job"]!);
        await _jobs.RunAsync("list --json");
        Assert.Equal("user/alice", (string)_jobs.Json["jobs"]![0]!["paused"]!["by"]!);
        await _jobs.RunAsync($"show {run.Id}");
        Assert.Contains("dotnet jobs resume csv-import", _jobs.Error, StringComparison.Ordinal);
        await _jobs.RunAsync("submit csv-import");
        Assert.Contains("The run waits: csv-import is paused by user/alice", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_of_a_run_says_who_did_what()
    {
        var run = await _jobs.AddAsync("csv-import", "a", RunState.Cancelled, with: run => run with
        {
            By = "user/alice",
            Labels = ["team=billing"],
            Cancelled = new Cancellation(run.CreatedAt.AddSeconds(20), "user/bob"),
            Paused = new(run.CreatedAt, run.LaunchedAt!.Value, TimeSpan.FromSeconds(1)) { By = "user/eve" },
        });

        await _jobs.RunAsync($"show {run.Id} --json");

        var timeline = _jobs.Json["timeline"]!.AsArray().Select(moment => (string)moment!["what"]!).ToList();
        Assert.EndsWith(", sent by user/alice, called team=billing", timeline[0], StringComparison.Ordinal);
        Assert.Contains("waits: its job is paused by user/eve", timeline);
        Assert.Contains("waited until then for its job to be resumed", timeline);
        Assert.Contains("cancelled by user/bob", timeline);
        Assert.Equal("user/alice", (string)_jobs.Json["run"]!["by"]!);
        Assert.Equal("user/bob", (string)_jobs.Json["run"]!["cancelledBy"]!);
    }

    [Fact]
    public async Task Run_of_another_size_is_sent_if_Fargate_has_it()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("submit csv-import --cpu 1024 --memory 2048"));
        Assert.EndsWith(""","cpu":1024,"memoryMiB":2048}""", Assert.Single(_jobs.Stack.Sent), StringComparison.Ordinal);

        foreach (var (line, why) in new[]
        {
            ("submit csv-import --cpu 1000", "Fargate has no 1000 CPU units. Use one of 256, 512"),
            ("submit csv-import --cpu 4096", "Fargate has no 512 MiB with 4096 CPU units"),
        })
        {
            Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync(line));
            Assert.Contains(why, _jobs.Error, StringComparison.Ordinal);
        }

        Assert.Single(_jobs.Stack.Sent);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(8, true)]
    public async Task Doctor_names_a_pause_that_may_be_forgotten(int days, bool isOld)
    {
        await PauseAsync("csv-import", null);
        _jobs.Clock.Advance(TimeSpan.FromDays(days));

        await _jobs.RunAsync("doctor");

        Assert.Equal(isOld, _jobs.Out.Contains("If it is forgotten", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, """{"id":"k"}""")]
    [InlineData("user/al\"ice", """{"id":"k","by":"user/al\"ice"}""")]
    public void Message_has_its_senders_name(string? by, string body) =>
        Assert.Equal(body, CommandBodies.SentBy("""{"id":"k"}""", by));

    private Task<bool> PauseAsync(string job, string? schedule) => _jobs.Stack.StoredPauses.SaveAsync(
        PauseList.None.Begin(new Pause(job, schedule)
        {
            Id = "p",
            From = _jobs.Clock.GetUtcNow(),
            Reason = "The source is migrated.",
            By = "user/alice",
        }) with
        { Version = 1 },
        default);
}
