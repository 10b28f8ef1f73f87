using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;

namespace Jobs.Cli.Commands;

internal static class CancelCommand
{
    public static Command Create(CliContext cli)
    {
        var run = RunArgument.Create();
        var command = new CliCommand(
            "cancel",
            "Ends a run that is not over: its task gets SIGTERM, then its stop timeout.",
            "dotnet jobs cancel csv-import/4m1zvhqh")
        {
            run, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var reading = await new RunFinder(stack).FindAsync(parsed.GetRequiredValue(run), cancellation);
            var id = reading.Run.Id;
            var key = cli.NewId();
            await RunMoves.CancelAsync(stack, reading, key, cancellation);
            if (parsed.GetValue(SharedOptions.Json))
            {
                cli.WriteJson(new SentShape("cancel", key, id.ToString()), ShapeJson.Default.SentShape);
            }
            else cli.WriteLine($"Cancelling {id}. Watch it end: {stack.Place.Lines.Show(id.ToString())}");
            return ExitCodes.Done;
        });
        return command;
    }
}
