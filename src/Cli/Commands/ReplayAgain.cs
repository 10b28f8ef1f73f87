using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Replays;

namespace Jobs.Cli.Commands;

/// <summary>Looks at a replay again, lets one that was given up go on, or ends it.</summary>
internal sealed class ReplayAgain(CliContext cli, IStack stack)
{
    private CommandLines Lines => stack.Place.Lines;

    /// <exception cref="CliException">There is none.</exception>
    public async Task<int> LookAsync(ReplayWish wish, CancellationToken cancellation)
    {
        var replay = await FindAsync(wish.Id, cancellation);
        var screen = new ReplayScreen(cli, wish, Lines);
        if (!wish.Json) cli.WriteLine($"Replay {replay.Id} of {SourceWords.Of(replay)}, {RateOf(replay)}.");
        var goesOn = replay.IsGivenUp && await IsWantedAsync(replay, wish, cancellation);
        if (goesOn) await stack.Commands.SendAsync(CommandBodies.Replay(replay), cancellation);
        // A script asks how far it is; people stay.
        if (!wish.Json && (goesOn || !replay.IsOver))
        {
            replay = await new ReplayWatch(cli, stack).FollowAsync(replay.Id, null, goesOn, cancellation);
        }

        if (wish.Json) cli.WriteJson(ReplayShape.Of(replay), ShapeJson.Default.ReplayShape);
        else screen.PrintEnd(replay);
        return ReplayScreen.ExitCodeOf(replay);
    }

    /// <exception cref="CliException">There is none, or it is over.</exception>
    public async Task<int> CancelAsync(ReplayWish wish, CancellationToken cancellation)
    {
        var replay = await FindAsync(wish.Id, cancellation);
        if (replay.IsOver) throw CliException.Failed(
            $"Replay {replay.Id} is over. There is nothing to cancel. What became of it: {Lines.Replay(replay.Id)}");
        var key = cli.NewId();
        await stack.Commands.SendAsync(CommandBodies.CancelReplay(key, replay.Id), cancellation);
        if (wish.Json) cli.WriteJson(new SentShape("cancel", key, Run: null), ShapeJson.Default.SentShape);
        else
        {
            cli.WriteLine(
                $"Cancelling replay {replay.Id}. What it started goes on. How far it came: {Lines.Replay(replay.Id)}");
        }

        return ExitCodes.Done;
    }

    private static string RateOf(Replay replay) =>
        $"{replay.PerMinute} a minute{(replay.Force ? ", also what has run already" : "")}";

    private async Task<Replay> FindAsync(string id, CancellationToken cancellation) =>
        await stack.Replays.ReadAsync(id, cancellation)
        ?? throw CliException.Failed(
        $"There is no replay '{id}': it never began, or has expired (90 days after its end). " +
        $"What was refused: {Lines.DeadLetters(Names.CommandsQueue)}");

    private async Task<bool> IsWantedAsync(Replay replay, ReplayWish wish, CancellationToken cancellation)
    {
        if (wish.Yes) return true;
        if (!wish.Json) cli.Note($"It was given up half-way: {replay.Error}");
        return !wish.Json && await cli.Ask("Let it go on?", cancellation) is true;
    }
}
