using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>
/// Moves the messages of a dead-letter queue back, no faster than asked for. Interrupted, what has not been moved stays
/// where it is.
/// </summary>
/// <param name="perMinute">Messages a minute at most; null for as fast as it goes.</param>
/// <param name="tell">Told how far it is.</param>
internal sealed class DeadLetterMove(
    IStack stack, string queue, int? perMinute, TimeProvider clock, Action<string> tell)
{
    private const int MostAtOnce = 10;

    /// <summary>A rate is kept in steps of at most ten seconds.</summary>
    private const int StepsPerMinute = 6;

    /// <returns>How many were moved.</returns>
    /// <exception cref="CliException">The messages belong to no single queue.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        QueueNames.RequireOrigin(queue, stack);
        // What comes back while this runs is for another time: a message that fails at once must not go round in
        // circles.
        var left = (await stack.Queues.DepthAsync(queue, deadLetters: true, cancellation)).Visible;
        var atOnce = perMinute is { } rate ? Math.Clamp(rate / StepsPerMinute, 1, MostAtOnce) : MostAtOnce;
        var moved = 0;
        // SQS asks only some of its servers each time: two empty answers in a row are believed.
        for (var empty = 0; moved < left && empty < 2;)
        {
            var count = await stack.Queues.MoveBackAsync(queue, Math.Min(atOnce, left - moved), cancellation);
            empty = count > 0 ? 0 : empty + 1;
            moved += count;
            if (count == 0) continue;
            tell(Words.Invariant($"{moved:#,0} of about {Words.Count(left, "message")} moved"));
            if (moved == left || perMinute is not { } paced) continue;
            await Task.Delay(TimeSpan.FromMinutes((double)count / paced), clock, cancellation);
        }

        return moved;
    }
}
