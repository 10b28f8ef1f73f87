using System.CommandLine;
using Jobs.Cli.Output;
using Jobs.Cli.Shapes;

namespace Jobs.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create(CliContext cli)
    {
        var command = new CliCommand(
            "status",
            "Shows the stack on one screen: what is under way, what waits and why, queues, schedules, the last failures, open alerts.",
            "dotnet jobs status",
            "watch -n 5 dotnet jobs status",
            "dotnet jobs status --json | jq '.queues[] | select(.deadLetters > 0)'")
        {
            SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var status = await new StackStatus(stack, cli.Clock.GetUtcNow()).ReadAsync(cancellation);
            if (parsed.GetValue(SharedOptions.Json)) cli.WriteJson(status, ShapeJson.Default.StatusShape);
            else new StatusScreen(cli, stack.Place.Lines).Print(stack.Place.Title, status);
            return ExitCodes.Done;
        }, fresh: true);
        return command;
    }
}
