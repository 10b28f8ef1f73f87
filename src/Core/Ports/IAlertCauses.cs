using Jobs.Core.Alerts;
using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <summary>The causes of alerts that are open. Every write is conditional; losing a condition is a return value.</summary>
public interface IAlertCauses
{
    /// <summary>
    /// Counts a run under its cause. When the cause is not open, this opens it and claims its first e-mail. Counting one of the first
    /// <see cref="AlertCause.MaxRuns"/> runs again changes nothing.
    /// </summary>
    /// <param name="alertId">The cause's, when this opens it.</param>
    /// <returns>Null when the cause is just closing: ask again later.</returns>
    Task<AlertCount?> CountAsync(AlertCauseKey key, RunId run, string alertId, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Notes that a stuck run is so no longer. Repeating it changes nothing, but for runs beyond <see cref="AlertCause.MaxRuns"/>.</summary>
    /// <returns>The cause as it then is; null when it is not open or did not know the run.</returns>
    Task<AlertCause?> SettleAsync(AlertCauseKey key, RunId run, bool recovered, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Claims an e-mail. False when somebody else did, or for <see cref="AlertStep.Over"/> when a run was counted since.</summary>
    Task<bool> ClaimAsync(AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Notes that a claimed e-mail was published; false when the claim had been lost. Noting <see cref="AlertStep.Over"/> closes the cause.</summary>
    /// <param name="claimed">The cause as it was when it was claimed, with the claim counted.</param>
    Task<bool> NoteSentAsync(AlertCause claimed, AlertStep step, CancellationToken cancellation);

    /// <summary>Every cause that is open.</summary>
    Task<IReadOnlyList<AlertCause>> OpenAsync(CancellationToken cancellation);
}
