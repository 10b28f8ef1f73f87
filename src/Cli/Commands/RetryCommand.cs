using System.CommandLine;
using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;

namespace Jobs.Cli.Commands;

internal static class RetryCommand
{
    public static Command Create(CliContext cli)
    {
        var run = RunArgument.Create();
        var id = SubmissionId.Option();
        var follow = SubmissionId.Follow();
        var command = new CliCommand(
            "retry",
            "Runs a run again that is over: a new run with the same input, and the job as it is deployed now.",
            "dotnet jobs retry csv-import/4m1zvhqh",
            "dotnet jobs retry 4m1z --follow")
        {
            run, id, follow, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var reading = await new RunFinder(stack).FindAsync(parsed.GetRequiredValue(run), cancellation);
            var old = reading.Run.Id;
            var key = SubmissionId.Read(parsed.GetValue(id), cli);
            var made = await RunMoves.RetryAsync(stack, reading, key, cancellation);
            if (parsed.GetValue(SharedOptions.Json))
            {
                cli.WriteJson(new SentShape("retry", key, made.ToString()), ShapeJson.Default.SentShape);
            }
            else cli.WriteLine($"{made}");
            if (parsed.GetValue(follow))
            {
                return await new RunFollower(
                    cli, stack, new LogTail(cli, stack, made, parsed.GetValue(SharedOptions.Json)))
                    .FollowAsync(made, cancellation);
            }

            await PauseNote.TellAsync(cli, stack, old.Job, cancellation);
            cli.Note($"Retries {old}. Follow it: {stack.Place.Lines.Logs(made.ToString(), follow: true)}");
            return ExitCodes.Done;
        });
        return command;
    }
}
