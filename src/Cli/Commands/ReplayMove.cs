using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;

namespace Jobs.Cli.Commands;

/// <summary>A replay of dead letters: this process moves them back, as far as its caller may.</summary>
internal sealed class ReplayMove(CliContext cli, IStack stack, string queue, ReplayWish wish)
{
    /// <exception cref="CliException">It has --force, or the messages belong to no single queue.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (lines, title) = (stack.Place.Lines, SourceWords.OfDeadLetters(queue));
        if (wish.Force)
        {
            throw CliException.Usage(
                "--force is not for --dead-letters: each message has the id of its run, and one that has run starts " +
                $"nothing. Start such a run again with: {lines.Retry("RUN")}");
        }

        var found = await new ReplayPlan(stack, cli.Clock, force: false).OfDeadLettersAsync(queue, cancellation);
        var screen = new ReplayScreen(cli, wish, lines);
        if (!await screen.IsWantedAsync(title, found, cancellation)) return ExitCodes.Done;
        var moved = await MoveAsync(cancellation);
        if (wish.Json) screen.WriteJson(title, found, ReplayProgressShape.OfMoved(moved));
        else cli.WriteLine($"{Words.Count(moved, "message")} went back. What becomes of that: {lines.Status()}");
        return ExitCodes.Done;
    }

    private async Task<int> MoveAsync(CancellationToken cancellation)
    {
        try
        {
            return await new DeadLetterMove(stack, queue, wish.PerMinute, cli.Clock, cli.Note).RunAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            cli.Note(
                "What has not been moved stays where it is. Go on with the same command, or look: " +
                stack.Place.Lines.DeadLetters(queue));
            throw;
        }
    }
}
