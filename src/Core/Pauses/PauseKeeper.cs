namespace Jobs.Core.Pauses;

/// <summary>Begins and ends pauses: each change is one write on the condition that nothing else has changed.</summary>
public sealed class PauseKeeper(IPauses pauses, PauseView view, TimeProvider clock)
{
    /// <summary>False when the command is known: it has begun the pause before.</summary>
    public async Task<bool> BeginAsync(Pause pause, CancellationToken cancellation) =>
        await ChangeAsync(list => list.Begin(pause), cancellation) is not null;

    /// <summary>The pause as it ended; null when there was none, or the command ended it before.</summary>
    public async Task<Pause?> EndAsync(PauseEnd end, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return (await ChangeAsync(list => list.End(end, now), cancellation))?.All
            .FirstOrDefault(pause => pause.EndedId == end.Id && pause.Id != end.Id);
    }

    /// <summary>Ends the pauses whose time is over, for people to see: nothing waits for them any more.</summary>
    /// <returns>Those that have ended.</returns>
    public async Task<IReadOnlyList<Pause>> TickAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var before = await view.RefreshAsync(cancellation);
        if (ReferenceEquals(before.Expire(now), before)) return [];
        var after = await ChangeAsync(list => list.Expire(now), cancellation);
        return after is null ? [] : [.. before.All.Where(pause => pause.EndedAt is null && pause.Until <= now)];
    }

    /// <returns>The pauses as they then are; null when there is nothing to change.</returns>
    private async Task<PauseList?> ChangeAsync(Func<PauseList, PauseList> change, CancellationToken cancellation)
    {
        while (true)
        {
            var list = await pauses.ReadAsync(cancellation);
            var next = change(list);
            if (ReferenceEquals(next, list)) return null;
            next = next.Expire(clock.GetUtcNow()) with { Version = list.Version + 1 };
            if (!await pauses.SaveAsync(next, cancellation)) continue;
            view.Forget();
            return next;
        }
    }
}
