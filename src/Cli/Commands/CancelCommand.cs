using System.CommandLine;
using Jobs.Cli.Shapes;

namespace Jobs.Cli.Commands;

internal static class CancelCommand
{
    public static Command Create(CliContext cli)
    {
        var run = RunArgument.Create();
        var command = new CliCommand("cancel", "Ends a run that is not over: its task gets SIGTERM, then its stop timeout.", "dotnet jobs cancel csv-import/4m1zvhqh") { run, SharedOptions.Json };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var reading = await new RunFinder(stack).FindAsync(parsed.GetRequiredValue(run), cancellation);
            var id = reading.Run.Id;
            if (reading.Run.IsOver) throw CliException.Failed($"Run {id} is over: {reading.Run.State}. There is nothing to cancel. What became of it: dotnet jobs show {id}");
            var key = cli.NewId();
            await stack.Commands.SendAsync(CommandBodies.Cancel(key, id), cancellation);
            if (parsed.GetValue(SharedOptions.Json)) cli.WriteJson(new SentShape("cancel", key, id.ToString()), ShapeJson.Default.SentShape);
            else cli.WriteLine($"Cancelling {id}. Watch it end: dotnet jobs show {id}");
            return ExitCodes.Done;
        });
        return command;
    }
}
