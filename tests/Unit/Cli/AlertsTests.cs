using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Commands;
using Jobs.Core.Ids;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class AlertsTests
{
    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task Test_is_a_command_and_says_whom_it_goes_to_and_who_has_not_confirmed()
    {
        var canaries = new FakeCanaries(_jobs);
        _jobs.Stack.CarryOut = null;
        canaries.Told.Add(new("email", "new@example.com", IsConfirmed: false));
        canaries.Told.Add(new("https", "https://global.sns-api.chatbot.amazonaws.com", IsConfirmed: true));

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("alerts test"));

        var command = Assert.IsType<Command.TestAlert>(CommandReader.Read(Assert.Single(_jobs.Stack.Sent)));
        Assert.Null(command.Job);
        Assert.Contains("  email: admin@example.com\n", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains(
            "  email: new@example.com gets nothing before it confirms.", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("  chat: the channels of the stack\n", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("dotnet jobs doctor", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_of_a_job_names_it_and_a_job_that_is_none_is_refused_here()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("alerts test --job csv-import --json"));

        var command = Assert.IsType<Command.TestAlert>(CommandReader.Read(Assert.Single(_jobs.Stack.Sent)));
        Assert.Equal("csv-import", command.Job);
        Assert.Equal("testAlert", (string?)_jobs.Json["command"]);
        Assert.NotEqual(ExitCodes.Done, await _jobs.RunAsync("alerts test --job csv-imprt"));
        Assert.Single(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Alerts_are_listed_and_none_is_said()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("alerts"));

        Assert.Equal("No alert is open.\n", _jobs.Out);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Fact]
    public async Task Open_alerts_are_those_of_the_status()
    {
        var key = new AlertCauseKey("csv-import", IsStuck: false, "JobFailed");
        await _jobs.Stack.OpenAlerts.CountAsync(
            key, AlertMember.Of(RunId.From("csv-import", "x")), "tail", _jobs.Clock.GetUtcNow(), default);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("alerts --json"));

        var alert = Assert.Single(_jobs.Json["alerts"]!.AsArray())!;
        Assert.Equal("csv-import", (string?)alert["job"]);
        Assert.Equal("failed", (string?)alert["kind"]);
    }

    [Fact]
    public void Command_with_another_member_is_refused()
    {
        var error = Assert.Throws<RejectedMessageException>(
            () => CommandReader.Read("""{"command":"testAlert","id":"a","jobs":"x"}"""));

        Assert.Contains("Did you mean 'job'?", error.Message, StringComparison.Ordinal);
    }
}
