using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;

namespace Jobs.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create(CliContext cli)
    {
        var command = new CliCommand(
            "status",
            "Shows the stack on one screen: what is under way, what waits and why, queues, schedules, the last " +
            "failures, open alerts.",
            "dotnet jobs status",
            "watch -n 5 dotnet jobs status",
            "dotnet jobs status --json | jq '.queues[] | select(.deadLetters > 0)'")
        {
            SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var now = cli.Clock.GetUtcNow();
            var status = await StackStatus.ReadAsync(stack, now, cancellation);
            if (!parsed.GetValue(SharedOptions.Json)) new StatusScreen(cli, status).Print();
            else cli.WriteJson(StatusShape.Of(status, now), ShapeJson.Default.StatusShape);
            return ExitCodes.Done;
        }, fresh: true);
        return command;
    }
}
