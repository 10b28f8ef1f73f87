using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;

namespace Jobs.Cli.Commands;

/// <summary>One run with its attempts, verdict, timeline, result and cost.</summary>
internal static class ShowCommand
{
    public static Command Create(CliContext cli)
    {
        var run = RunArgument.Create();
        var command = new CliCommand(
            "show",
            "Shows a run: its attempts, verdict with the next step, timeline, input, result and cost.",
            "dotnet jobs show csv-import/4m1zvhqh",
            "dotnet jobs show 4m1z --json | jq .result")
        {
            run, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var reading = await new RunFinder(stack).FindAsync(parsed.GetRequiredValue(run), cancellation);
            var detail = await RunDetail.ReadAsync(stack, reading, cli.Clock.GetUtcNow(), cancellation);
            if (!parsed.GetValue(SharedOptions.Json)) new RunScreen(cli, stack.Place.Lines).Print(detail);
            else cli.WriteJson(RunDetailShape.Of(detail, cli.Clock.GetUtcNow()), ShapeJson.Default.RunDetailShape);
            return ExitCodes.Done;
        });
        return command;
    }
}
