using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class DoctorTests
{
    private readonly CommandLine _jobs = new();

    public DoctorTests()
    {
        foreach (
            var function in new[] { "OnUpload", "OnTaskStopped", "OnTick", "OnCommand", "OnSchedule", "OnBacklog" })
        {
            _jobs.Stack.Functions[function] = _jobs.Clock.GetUtcNow().AddSeconds(-20);
        }
    }

    [Fact]
    public async Task All_well_ends_with_0()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("doctor --json"));

        Assert.True((bool)_jobs.Json["healthy"]!);
        Assert.All(_jobs.Json["checks"]!.AsArray(), check => Assert.Equal("ok", (string)check!["outcome"]!));
    }

    [Theory]
    [InlineData("tick", "error")]
    [InlineData("tables", "error")]
    [InlineData("functions", "error")]
    [InlineData("stack", "error")]
    [InlineData("clock", "error")]
    [InlineData("outputs", "error")]
    [InlineData("buckets", "error")]
    [InlineData("node", "warning")]
    [InlineData("dead letters", "warning")]
    [InlineData("queues", "warning")]
    [InlineData("runs", "warning")]
    [InlineData("alerts", "warning")]
    public async Task What_is_wrong_is_said_with_a_remedy(string check, string outcome)
    {
        await BreakAsync(check);

        Assert.Equal(outcome == "error" ? ExitCodes.Failed : ExitCodes.Done, await _jobs.RunAsync("doctor --json"));

        var found = _jobs.Json["checks"]!.AsArray().Single(one => (string)one!["name"]! == check)!;
        Assert.Equal(outcome, (string)found["outcome"]!);
        Assert.NotEmpty((string)found["remedy"]!);
    }

    [Fact]
    public async Task OnEvent_is_looked_for_where_the_stack_has_an_inbox_for_events()
    {
        _jobs.Stack.Place = _jobs.Stack.Place with
        {
            Outputs = new Dictionary<string, string>(_jobs.Stack.Place.Outputs)
            {
                [OutputNames.QueuePrefix + Names.EventsQueue] = "url",
            },
        };
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("doctor"));

        _jobs.Stack.Functions["OnEvent"] = _jobs.Clock.GetUtcNow();
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("doctor"));
        Assert.Contains("OnTick, OnEvent", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_stack_is_an_error_among_what_else_was_looked_at()
    {
        var jobs = new CommandLine { NoStack = CliException.NotReady("No stack of jobs was found in eu-central-1.") };

        Assert.Equal(ExitCodes.Failed, await jobs.RunAsync("doctor"));

        Assert.Contains("✗ stack", jobs.Out, StringComparison.Ordinal);
        Assert.Contains("✓ credentials", jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bucket_that_is_silent_is_said_with_the_command_that_keeps_its_other_notifications()
    {
        ListenTo("acme-raw");
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("doctor"));
        Assert.Contains("acme-raw", _jobs.Out, StringComparison.Ordinal);

        _jobs.Surroundings.Events["acme-raw"] = false;

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("doctor --json"));
        var found = _jobs.Json["checks"]!.AsArray().Single(one => (string)one!["name"]! == "buckets")!;
        Assert.Contains(BucketEvents.SwitchOn("acme-raw"), (string)found["remedy"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_that_recipients_are_told_of_is_nothing_to_mend()
    {
        await _jobs.Stack.OpenAlerts.CountAsync(
            AlertCauseKey.OfSuccess("csv-import"),
            AlertMember.Of(RunId.From("csv-import", "x")),
            "tail",
            _jobs.Clock.GetUtcNow(),
            default);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("doctor --json"));
        var alerts = _jobs.Json["checks"]!.AsArray().Single(one => (string)one!["name"]! == "alerts")!;
        Assert.Equal("ok", (string)alerts["outcome"]!);
        await _jobs.RunAsync("status --json");
        Assert.Empty(_jobs.Json["alerts"]!.AsArray());
    }

    private void ListenTo(string bucket) => _jobs.Stack.Catalog = new JobCatalog(
        [new JobDefinition("csv-import") { Uploads = [new UploadTrigger("in/") { Bucket = bucket }] }]);

    private async Task BreakAsync(string check)
    {
        switch (check)
        {
            case "tick": _jobs.Stack.Functions["OnTick"] = _jobs.Clock.GetUtcNow().AddMinutes(-10); break;
            case "tables": _jobs.Surroundings.Faults.Add("runs has no index 'history'."); break;
            case "functions": _jobs.Stack.Functions.Remove("OnUpload"); break;
            case "stack": _jobs.Surroundings.Status = "UPDATE_ROLLBACK_FAILED"; break;
            case "clock": _jobs.Surroundings.Skew = TimeSpan.FromMinutes(-6); break;
            case "outputs":
                _jobs.Stack.Place = _jobs.Stack.Place with
                {
                    Outputs = _jobs.Stack.Place.Outputs.Where(output => output.Key != OutputNames.Commands)
                        .ToDictionary(),
                }; break;
            case "buckets":
                ListenTo("acme-raw");
                _jobs.Surroundings.Events["acme-raw"] = null;
                break;
            case "node": _jobs.Surroundings.Versions["node"] = "v18.0.0"; break;
            case "alerts":
                _jobs.Stack.OpenAlerts.Unreadable = ["The item alerts, 'paused#x' cannot be read."];
                break;
            case "dead letters":
                _jobs.Stack.Letters["Uploads"]
                .Add(new("1", _jobs.Clock.GetUtcNow(), 1, null, "{}")); break;
            case "queues": _jobs.Stack.Depths["Uploads"] = new(5_000, 5, 0); break;
            default:
                await _jobs.AddAsync(
                "csv-import",
                "late",
                RunState.Running,
                minutesAgo: 60,
                run => run with { NextCheckAt = run.CreatedAt }); break;
        }
    }
}
