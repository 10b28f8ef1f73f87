using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Cli.Commands;

/// <summary>What is asked of a run that is there, with a look whether it makes sense.</summary>
internal static class RunMoves
{
    /// <summary>Asks for the same again.</summary>
    /// <param name="key">The sender's: asked twice with one key, it runs once.</param>
    /// <returns>The run that it makes.</returns>
    /// <exception cref="CliException">It is not over, or is not repeated by itself.</exception>
    public static async Task<RunId> RetryAsync(
        IStack stack, RunReading reading, string key, CancellationToken cancellation)
    {
        CheckRetry(reading, stack.Place.Lines);
        var old = reading.Run.Id;
        await stack.Commands.SendAsync(CommandBodies.Retry(key, old), cancellation);
        return RunId.From(old.Job, "retry", old.ToString(), key);
    }

    /// <summary>Asks for its end.</summary>
    /// <exception cref="CliException">It is over.</exception>
    public static Task CancelAsync(IStack stack, RunReading reading, string key, CancellationToken cancellation)
    {
        var run = reading.Run;
        if (!run.IsOver) return stack.Commands.SendAsync(CommandBodies.Cancel(key, run.Id), cancellation);
        throw CliException.Failed(
            $"Run {run.Id} is over: {run.State}. There is nothing to cancel. " +
            $"What became of it: {stack.Place.Lines.Show(run.Id.ToString())}");
    }

    /// <exception cref="CliException">It is not over, or is not repeated by itself.</exception>
    private static void CheckRetry(RunReading reading, CommandLines lines)
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
