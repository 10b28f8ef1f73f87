using System.CommandLine;
using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

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
            Check(reading, stack.Place.Lines);
            var key = SubmissionId.Read(parsed.GetValue(id), cli);
            var made = RunId.From(old.Job, "retry", old.ToString(), key);
            await stack.Commands.SendAsync(CommandBodies.Retry(key, old), cancellation);
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

    /// <exception cref="CliException">It is not over, or is not repeated by itself.</exception>
    private static void Check(RunReading reading, CommandLines lines)
    {
        var (run, id) = (reading.Run, reading.Run.Id.ToString());
        if (!run.IsOver)
        {
            throw CliException.Failed(
                $"Run {id} is not over: {reading.VisibleState}. Wait for it: {lines.Logs(id, follow: true)}   " +
                $"Or end it first: {lines.Cancel(id)}");
        }

        if (run.Trigger != BacklogWatch.Trigger) return;
        throw CliException.Failed(
            $"Run {id} drained the queue of {run.Id.Job}. Its messages are tried again, not the run; those that " +
            $"failed for good: {lines.DeadLetters(Names.Queue(run.Id.Job))}");
    }
}
