using System.Text.Json.Nodes;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Verify;
using Jobs.Core;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class VerifyTests
{
    private readonly CommandLine _jobs = new();
    private readonly FakeCanaries _canaries;

    public VerifyTests() => _canaries = new FakeCanaries(_jobs);

    [Fact]
    public async Task Stack_that_keeps_its_promises_ends_with_0_and_nothing_is_left()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("verify --json"));

        Assert.True((bool)_jobs.Json["kept"]!);
        Assert.Equal(
            [.. Verification.Names, "dead-letters", "removal"], Promises().Select(promise => (string)promise["name"]!));
        Assert.All(Promises(), promise => Assert.Equal("kept", (string)promise["outcome"]!));
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("upload", "no run")]
    [InlineData("upload", "other result")]
    [InlineData("upload", "failed")]
    [InlineData("once", "launched twice")]
    [InlineData("once", "no result")]
    [InlineData("schedule", "no run")]
    [InlineData("queue", "no run")]
    [InlineData("queue", "nothing taken")]
    [InlineData("queue", "failed")]
    [InlineData("logs", "no stream")]
    [InlineData("failure", "not repeated")]
    [InlineData("failure", "succeeded")]
    [InlineData("email", "no subscription")]
    [InlineData("email", "pending")]
    [InlineData("email", "not sent")]
    [InlineData("timeout", "still running")]
    [InlineData("timeout", "succeeded")]
    [InlineData("cancel", "no run")]
    [InlineData("cancel", "still running")]
    [InlineData("spot", "spends an attempt")]
    [InlineData("spot", "on Spot again")]
    public async Task Promise_that_is_broken_is_said_with_the_next_step(string promise, string how)
    {
        Break(promise, how);

        Assert.Equal(
            ExitCodes.Failed,
            await _jobs.RunAsync(() => Task.CompletedTask, "verify", "--only", promise, "--timeout", "2", "--json"));

        Assert.False((bool)_jobs.Json["kept"]!);
        var broken = Promises().First();
        Assert.Equal((promise, "broken"), ((string)broken["name"]!, (string)broken["outcome"]!));
        Assert.NotEmpty((string)broken["seen"]!);
        Assert.NotEmpty((string)broken["nextStep"]!);
    }

    [Fact]
    public async Task Call_that_is_refused_is_a_broken_promise_and_keeps_no_other_from_being_tried()
    {
        _canaries.Told.Clear();
        _jobs.Stack.CarryOut = _ => Task.FromException(FakeCanaries.Denied("not authorized to sqs:SendMessage"));

        Assert.Equal(
            ExitCodes.Failed,
            await _jobs.RunAsync(() => Task.CompletedTask, "verify", "--only", "upload,cancel", "--timeout", "2"));

        Assert.Contains("✓ upload", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("✗ cancel", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("not authorized to sqs:SendMessage", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letter_that_came_meanwhile_is_a_broken_promise_and_an_older_one_is_not()
    {
        _jobs.Stack.Letters["Undelivered"].Add(new("1", _jobs.Clock.GetUtcNow(), 1, null, "{}"));
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("verify --only upload"));

        _canaries.Change = run =>
        {
            _jobs.Stack.Letters["Uploads"].Add(new("2", _jobs.Clock.GetUtcNow(), 1, null, "{}"));
            return run;
        };

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("verify --only logs"));
        Assert.Contains("Uploads has 1 more.", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_removed_is_said()
    {
        _canaries.Refusal = FakeCanaries.Denied("not authorized to s3:DeleteObjectVersion");

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("verify --only upload"));

        Assert.Contains("✓ upload", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("✗ removal", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains(_canaries.Objects.Single().Key, _jobs.Out, StringComparison.Ordinal);
    }

    /// <summary>Neither has come to its end: a run works, a message waits, the rule is enabled.</summary>
    [Fact]
    public async Task Ctrl_C_removes_everything_too()
    {
        _canaries.Silent.UnionWith([CanaryNames.OfQueue, "rule"]);
        _canaries.Change = run => run.State is RunState.Succeeded or RunState.TimedOut ? Endless(run) : run;
        using var interrupted = new CancellationTokenSource();

        var code = await _jobs.RunAsync(
            async () =>
            {
                if (!_canaries.RuleIsOn || _canaries.Messages.Count == 0) return;
                await interrupted.CancelAsync();
                _jobs.Limits = 1; // Of the removal.
            },
            ["verify", "--only", "upload,schedule,queue,timeout"],
            interrupted.Token);

        Assert.Equal(ExitCodes.Interrupted, code);
        Assert.Contains("Interrupted. Nothing is left.", _jobs.Error, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Spot_is_not_tried_where_it_cannot_be_interrupted()
    {
        _canaries.CanInterrupt = false;

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("verify --only spot --json"));

        var spot = Promises().First();
        Assert.Equal("notTried", (string)spot["outcome"]!);
        Assert.Contains("succeeded on Spot", (string)spot["seen"]!, StringComparison.Ordinal);
        Assert.Empty(_canaries.Interrupted);
    }

    [Fact]
    public async Task Failure_that_is_counted_under_an_open_cause_needs_no_e_mail_of_its_own()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("verify --only email"));
        Assert.Contains("its subject ends with tail", _jobs.Out, StringComparison.Ordinal);
        var again = new CommandLine();
        var canaries = new FakeCanaries(again);
        await again.Stack.OpenAlerts.CountAsync(
            new("canary", false, "JobFailed"),
            Jobs.Core.Alerts.AlertMember.Of(Jobs.Core.Ids.RunId.From("canary", "earlier")),
            "tail",
            again.Clock.GetUtcNow(),
            default);

        Assert.Equal(ExitCodes.Done, await again.RunAsync("verify --only email"));

        Assert.Contains("is counted: 2 runs so far", again.Out, StringComparison.Ordinal);
        Assert.Empty(canaries.Objects);
    }

    [Theory]
    [InlineData("verify --only uplod", "did you mean 'upload'?")]
    [InlineData("verify --timeout 0", "is not from 1 to 120 minutes")]
    public async Task Mistake_is_said(string line, string said)
    {
        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync(line));
        Assert.Contains(said, _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_without_canaries_is_told_how_to_get_them()
    {
        var jobs = new CommandLine();
        _ = new FakeCanaries(jobs);
        jobs.Stack.Place = jobs.Stack.Place with
        {
            Outputs = jobs.Stack.Place.Outputs.Where(output => output.Key != OutputNames.CanaryRule).ToDictionary(),
        };

        Assert.Equal(ExitCodes.Failed, await jobs.RunAsync("verify"));
        Assert.Contains("JobRunnerProps.Canary", jobs.Error, StringComparison.Ordinal);
        Assert.Empty(jobs.Stack.Sent);
    }

    private static Jobs.Core.Runs.Run Endless(Jobs.Core.Runs.Run run) =>
        run with { State = RunState.Running, EndedAt = null };

    private IEnumerable<JsonNode> Promises() => _jobs.Json["promises"]!.AsArray().Select(promise => promise!);

    private void AssertNothingIsLeft()
    {
        Assert.Empty(_canaries.Objects);
        Assert.Empty(_canaries.Messages);
        Assert.False(_canaries.RuleIsOn);
        Assert.All(_jobs.Stack.Store.All, run => Assert.True(run.IsOver, $"{run.Id}"));
    }

    private void Break(string promise, string how)
    {
        switch (how)
        {
            case "no run" when promise == "cancel": _canaries.Silent.Add("cancel"); break;
            case "no run":
                _canaries.Silent.UnionWith(["rule", CanaryNames.OfUploads, CanaryNames.OfQueue]);
                break;
            case "other result": _canaries.Result = _ => """{"token":"another"}"""; break;
            case "no result": _canaries.Result = _ => "null"; break;
            case "failed":
                _canaries.Change = run => run with
                {
                    State = RunState.Failed,
                    Verdict = new(VerdictClass.AccessDenied, VerdictAction.GiveUp, "It may not read.", "Allow it."),
                };
                break;
            case "succeeded": _canaries.Change = run => run with { State = RunState.Succeeded }; break;
            case "launched twice": _canaries.Change = run => run with { Launch = 2 }; break;
            case "nothing taken": _canaries.DrainResult = """{"handled":0}"""; break;
            case "no stream": _canaries.LogsAreThere = false; break;
            case "not repeated": _canaries.Change = run => run with { Attempt = 1 }; break;
            case "no subscription": _canaries.Told.Clear(); break;
            case "pending": _canaries.Told.Add(new Subscription("email", "new@example.com", IsConfirmed: false)); break;
            case "not sent": _canaries.AlertsAreSent = false; break;
            case "still running": _canaries.Change = Endless; break;
            case "spends an attempt": _canaries.Change = run => run with { Attempt = 2 }; break;
            case "on Spot again": _canaries.Change = run => run with { UsesSpot = true }; break;
            default: throw new ArgumentException(how, nameof(how));
        }
    }
}
