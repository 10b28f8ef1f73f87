using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Slots;

/// <summary>
/// Frees slots whose launch is over: the process that should have released them died. A launch is stored before its
/// slot is taken, so a holder that the run does not know (any more) is never one about to start. Looks at the blocks
/// that runs wait for, and at one other in turn, so that its cost does not follow the caps. The dispatcher gives what
/// it frees to others.
/// </summary>
public sealed class SlotHealer(ISlots slots, IRunStore runs, TimeProvider clock)
{
    /// <summary>Blocks looked at in one sweep.</summary>
    private const int MaxBlocks = 10;

    public async Task HealAsync(CancellationToken cancellation)
    {
        var blocks = (await slots.ReadAllAsync(cancellation)).Where(block => block.Holders.Count > 0).ToList();
        if (blocks.Count == 0) return;
        // Each minute has another turn; a tick that is left out leaves its block to the next round.
        var turn = (int)(clock.GetUtcNow().ToUnixTimeSeconds() / 60 % blocks.Count);
        var rotated = blocks.Skip(turn).Concat(blocks.Take(turn)).ToList();
        foreach (var block in rotated.Where((block, place) => place == 0 || block.IsAwaited).Take(MaxBlocks))
        {
            await HealAsync(block, cancellation);
        }
    }

    private async Task HealAsync(SlotBlock block, CancellationToken cancellation)
    {
        var read = await runs.ReadAsync([.. block.Holders.Select(holder => holder.Run).Distinct()], cancellation);
        var known = read.Found.ToDictionary(reading => reading.Run.Id, reading => reading.Run);
        // What cannot be read is unknown, not over.
        var unknown = read.Unreadable.Select(one => one.Id).ToHashSet();
        foreach (var holder in block.Holders.Where(
            holder => !unknown.Contains(holder.Run) && IsOver(holder, block, known.GetValueOrDefault(holder.Run))))
        {
            await slots.ReleaseAsync(holder, block.Number, cancellation);
        }
    }

    private static bool IsOver(LaunchId holder, SlotBlock block, Run? run) =>
        run is not { MayHaveTask: true } || run.Launch != holder.Number || run.Slot != block.Number;
}
