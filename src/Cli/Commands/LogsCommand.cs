using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>What all attempts of a run logged.</summary>
internal static class LogsCommand
{
    public static Command Create(CliContext cli)
    {
        var run = RunArgument.Create();
        var follow = new Option<bool>("--follow", "-f")
        {
            Description = "Waits for more lines until the run is over. Ends with 1 when it did not succeed.",
        };
        var json = new Option<bool>("--json") { Description = "A JSON object a line: at, launch, task, text." };
        var command = new CliCommand(
            "logs",
            "Shows what a run logged, all its attempts, from CloudWatch.",
            "dotnet jobs logs csv-import/4m1zvhqh",
            "dotnet jobs logs -f 4m1z",
            "dotnet jobs logs 4m1z --json | jq -r .text")
        {
            run, follow, json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var reading = await new RunFinder(stack).FindAsync(parsed.GetRequiredValue(run), cancellation);
            var tail = new LogTail(cli, stack, reading.Run.Id, parsed.GetValue(json));
            if (parsed.GetValue(follow))
            {
                return await new RunFollower(cli, stack, tail).FollowAsync(reading.Run.Id, cancellation);
            }

            if (await tail.PrintAsync(reading, cancellation) == 0) cli.Note(Nothing(reading.Run, stack.Place.Lines));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Nothing(Run run, CommandLines lines) => run.IsOver
        ? $"It logged nothing, or its log has expired. What is known of it: {lines.Show(run.Id.ToString())}"
        : $"It has logged nothing yet. Wait for it: {lines.Logs(run.Id.ToString(), follow: true)}";
}
