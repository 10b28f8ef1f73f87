using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Replays;

namespace Jobs.Cli.Views;

/// <summary>Stays with a replay until it is over. The stack works on it by itself, watched or not.</summary>
internal sealed class ReplayWatch(CliContext cli, IStack stack)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How long a command may take to become a replay before something is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string? _last;

    /// <param name="count">How many runs it is about; null when that is not known.</param>
    /// <param name="isGoingOn">It was given up and is to go on: until it does, it is not over.</param>
    /// <exception cref="CliException">It does not come.</exception>
    public async Task<Replay> FollowAsync(string id, int? count, bool isGoingOn, CancellationToken cancellation)
    {
        try
        {
            for (var began = cli.Clock.GetTimestamp(); ; await Task.Delay(Interval, cli.Clock, cancellation))
            {
                var replay = await stack.Replays.ReadAsync(id, cancellation);
                var hasCome = replay is not null && !(isGoingOn && replay.IsGivenUp);
                if (!hasCome && cli.Clock.GetElapsedTime(began) > Patience) throw NotThere(id);
                if (!hasCome) continue;
                isGoingOn = false;
                Tell(replay!, count);
                if (replay!.IsOver) return replay;
            }
        }
        catch (OperationCanceledException)
        {
            cli.Note($"It goes on without you. Look at it again: {stack.Place.Lines.Replay(id)}");
            throw;
        }
    }

    private void Tell(Replay replay, int? count)
    {
        var of = count is { } all ? Words.Invariant($" of {all:#,0}") : "";
        var sent = replay.Sent > 0 ? Words.Invariant($", {replay.Sent:#,0} sent to queues") : "";
        var failed = replay.Failed > 0 ? Words.Invariant($", {replay.Failed:#,0} could not be started") : "";
        var trouble = replay.Tries > 0 ? $"; it came no further: {replay.Error}" : "";
        var line = Words.Invariant(
            $"{replay.Done + replay.Skipped + replay.Failed:#,0}{of} done: {replay.Started:#,0} started{sent}, {replay.Skipped:#,0} had run already{failed}{trouble}");
        if (line != _last) cli.Note(line);
        _last = line;
    }

    private CliException NotThere(string id) => CliException.Failed(
        $"Replay {id} did not begin within {Patience.TotalMinutes} minutes. The command may have been refused: " +
        $"{stack.Place.Lines.DeadLetters(Names.CommandsQueue)}   " +
        $"Or the stack does not work: {stack.Place.Lines.Doctor()}");
}
