using System.CommandLine;
using Amazon.Runtime;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>What was told and is not over, and whether telling works.</summary>
internal static class AlertsCommand
{
    private const string Test = "test";

    public static Command Create(CliContext cli)
    {
        var action = new Argument<string?>("action")
        {
            Description = $"{Test} sends an alert that says it is a test to each who is told of failures: addresses and " +
                "chat channels.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        action.AcceptOnlyFromAmong(Test);
        var job = new Option<string?>("--job", "-j")
        {
            Description = $"Only of this job; with {Test} its recipients get one too.",
            HelpName = "name",
        };
        var command = new CliCommand(
            "alerts",
            "Shows the causes of alerts that are open, or tests whom alerts reach.",
            "dotnet jobs alerts",
            "dotnet jobs alerts test",
            "dotnet jobs alerts test --job csv-import",
            "dotnet jobs alerts --json | jq '.alerts[].job'")
        {
            action, job, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var name = parsed.GetValue(job) is { } given
                ? JobNames.Check(given, await stack.History.JobsAsync(cancellation), stack.Place.Lines)
                : null;
            var json = parsed.GetValue(SharedOptions.Json);
            if (parsed.GetValue(action) is null) await ShowAsync(cli, stack, name, json, cancellation);
            else await TestAsync(cli, stack, name, json, cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task ShowAsync(
        CliContext cli, IStack stack, string? job, bool json, CancellationToken cancellation)
    {
        var open = await stack.Alerts.OpenAsync(cancellation);
        var causes = open.Troubles.Where(cause => job is null || cause.Key.Job == job).ToList();
        if (json)
        {
            cli.WriteJson(
                new AlertListShape([.. causes.Select(AlertShape.Of)], open.Unreadable),
                ShapeJson.Default.AlertListShape);
            return;
        }

        if (causes.Count == 0) cli.WriteLine("No alert is open.");
        else AlertTable.Of(causes, cli.Clock.GetUtcNow()).Print(cli.Data);
        foreach (var fault in open.Unreadable) cli.Fault(fault);
    }

    private static async Task TestAsync(
        CliContext cli, IStack stack, string? job, bool json, CancellationToken cancellation)
    {
        var id = cli.NewId();
        await stack.Commands.SendAsync(CommandBodies.TestAlert(id, job), cancellation);
        if (json) cli.WriteJson(new SentShape("testAlert", id, null), ShapeJson.Default.SentShape);
        else
        {
            cli.WriteLine("A test is on its way. Its text says that it is one.");
            await SayWhomAsync(cli, stack, cancellation);
        }
    }

    /// <summary>Who is subscribed to the topic, and what each has to do yet.</summary>
    private static async Task SayWhomAsync(CliContext cli, IStack stack, CancellationToken cancellation)
    {
        try
        {
            var topic = stack.Place.Output(OutputNames.AlertTopic);
            var told = await cli.Probe(stack.Place).SubscriptionsAsync(topic, cancellation);
            if (told.Count == 0)
            {
                cli.Note("None is subscribed. Give AdminEmails, SlackChannels or TeamsChannels, and deploy.");
            }

            foreach (var one in told) cli.WriteLine($"  {Whom(one)}");
            if (told.Any(one => !one.IsConfirmed)) cli.Note($"What else may be wrong: {stack.Place.Lines.Doctor()}");
        }
        catch (AmazonServiceException e)
        {
            cli.Note($"Whom it goes to could not be read, which sns:ListSubscriptionsByTopic allows: {e.Message}");
        }
    }

    private static string Whom(Subscription one) => one switch
    {
        { Protocol: "https" } => "chat: the channels of the stack",
        { IsConfirmed: false } =>
            $"{one.Protocol}: {one.Endpoint} gets nothing before it confirms. Open AWS's e-mail 'AWS Notification - " +
            "Subscription Confirmation' there.",
        _ => $"{one.Protocol}: {one.Endpoint}",
    };
}
