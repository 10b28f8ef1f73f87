using System.CommandLine;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Ids;

namespace Jobs.Cli.Commands;

internal static class RetryCommand
{
    public static Command Create(CliContext cli)
    {
        var run = RunArgument.Create();
        var id = SubmissionId.Option();
        var follow = SubmissionId.Follow();
        var command = new CliCommand(
            "retry", "Runs a run again that is over: a new run with the same input, and the job as it is deployed now.", "dotnet jobs retry csv-import/4m1zvhqh", "dotnet jobs retry 4m1z --follow")
        {
            run, id, follow, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var reading = await new RunFinder(stack).FindAsync(parsed.GetRequiredValue(run), cancellation);
            var old = reading.Run.Id;
            if (!reading.Run.IsOver) throw CliException.Failed($"Run {old} is not over: {reading.VisibleState}. Wait for it (dotnet jobs logs -f {old}), or end it first (dotnet jobs cancel {old}).");
            if (reading.Run.Trigger == BacklogWatch.Trigger) throw CliException.Failed($"Run {old} drained the queue of {old.Job}. Its messages are tried again, not the run; those that failed for good: dotnet jobs dead-letters {Names.Queue(old.Job)}.");
            var key = SubmissionId.Read(parsed.GetValue(id), cli);
            var made = RunId.From(old.Job, "retry", old.ToString(), key);
            await stack.Commands.SendAsync(CommandBodies.Retry(key, old), cancellation);
            if (parsed.GetValue(SharedOptions.Json)) cli.WriteJson(new SentShape("retry", key, made.ToString()), ShapeJson.Default.SentShape);
            else cli.WriteLine($"{made}");
            if (parsed.GetValue(follow)) return await new RunFollower(cli, stack, new LogTail(cli, stack, made, parsed.GetValue(SharedOptions.Json))).FollowAsync(made, cancellation);
            cli.Note($"Retries {old}. Follow it: dotnet jobs logs -f {made}");
            return ExitCodes.Done;
        });
        return command;
    }
}
