namespace Jobs.Core.Alerts;

/// <summary>
/// The causes of alerts that are open. Every write is conditional; losing a condition is a return value.
/// </summary>
public interface IAlertCauses
{
    /// <summary>
    /// Counts a run or a stall under its cause. When the cause is not open, this opens it and claims its first e-mail.
    /// What the cause remembers, as counted or as settled, changes nothing when it is counted again.
    /// </summary>
    /// <param name="alertId">The cause's, when this opens it.</param>
    /// <returns>Null when the cause is just closing: ask again later.</returns>
    Task<AlertCount?> CountAsync(
        AlertCauseKey key, AlertMember member, string alertId, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Notes that a stall is over. Repeating it changes nothing, and one that has yet to be counted will not be; but
    /// beyond <see cref="AlertCause.MaxMembers"/> each call counts.
    /// </summary>
    /// <returns>
    /// The cause as it then is; null when it is not open, or its numbers stay: the stall was settled before, or not
    /// counted.
    /// </returns>
    Task<AlertCause?> SettleAsync(
        AlertCauseKey key, AlertMember member, bool recovered, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Claims an e-mail. False when another process has claimed it, or for <see cref="AlertStep.Over"/> when a member
    /// was counted since.
    /// </summary>
    Task<bool> ClaimAsync(AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Notes that a claimed e-mail was published; false when the claim had been lost. Noting
    /// <see cref="AlertStep.Over"/> closes the cause.
    /// </summary>
    /// <param name="claimed">The cause as it was when it was claimed, with the claim counted.</param>
    Task<bool> NoteSentAsync(AlertCause claimed, AlertStep step, CancellationToken cancellation);

    /// <summary>Every cause that is open. One that cannot be read keeps no other from being read.</summary>
    Task<OpenCauses> OpenAsync(CancellationToken cancellation);
}
