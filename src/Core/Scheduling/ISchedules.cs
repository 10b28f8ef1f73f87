using Jobs.Core.Ids;

namespace Jobs.Core.Scheduling;

/// <summary>
/// What is known of the schedules: one item each, in one partition of the Runs table. Reads are consistent.
/// </summary>
public interface ISchedules
{
    /// <summary>The schedule as it is; of version 0 when nothing is stored of it.</summary>
    Task<ScheduleState> ReadAsync(ScheduleKey key, CancellationToken cancellation);

    /// <summary>Every schedule of which something is stored, in one query.</summary>
    Task<IReadOnlyList<ScheduleState>> AllAsync(CancellationToken cancellation);

    /// <summary>
    /// Writes the schedule if its stored version is still the one before. False when another process wrote first.
    /// </summary>
    Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellation);

    /// <summary>Forgets a schedule that is no longer deployed, unless it has changed since.</summary>
    Task ForgetAsync(ScheduleState state, CancellationToken cancellation);

    /// <summary>When schedules were last watched, and since when without a pause; null when never.</summary>
    Task<ScheduleWatchMark?> ReadMarkAsync(CancellationToken cancellation);

    Task WriteMarkAsync(ScheduleWatchMark mark, CancellationToken cancellation);
}
