using Jobs.Core.Alerts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>
/// The open causes of alerts as one process reaches them; their conditions are those of Core's own model.
/// </summary>
internal sealed class SimulatedAlertCauses(Process process) : IAlertCauses
{
    private readonly SimulatedWorld _world = process.World;

    public Task<AlertCount?> CountAsync(
        AlertCauseKey key, AlertMember member, string alertId, DateTimeOffset now, CancellationToken cancellation) =>
        CallAsync("CountAlert", causes =>
        {
            var counted = causes.CountAsync(key, member, alertId, now, CancellationToken.None);
            if (counted.Result is { } count)
            {
                _world.Partitions.Write(Partition.Alerts, ItemSizes.Of(count.Cause));
                _world.Witness.Counted(member.Run, count);
            }

            return counted;
        }, cancellation);

    public Task<AlertCause?> SettleAsync(
        AlertCauseKey key, AlertMember member, bool recovered, DateTimeOffset now, CancellationToken cancellation) =>
        CallAsync(
            "SettleAlert",
            causes => causes.SettleAsync(key, member, recovered, now, CancellationToken.None),
            cancellation);

    public Task<bool> ClaimAsync(AlertCause seen, AlertStep step, DateTimeOffset now, CancellationToken cancellation) =>
        CallAsync("ClaimAlert", causes => causes.ClaimAsync(seen, step, now, CancellationToken.None), cancellation);

    public Task<bool> NoteSentAsync(AlertCause claimed, AlertStep step, CancellationToken cancellation) =>
        CallAsync("NoteAlertSent", causes => causes.NoteSentAsync(claimed, step, CancellationToken.None), cancellation);

    public Task<OpenCauses> OpenAsync(CancellationToken cancellation) =>
        CallAsync("OpenAlerts", causes => causes.OpenAsync(CancellationToken.None), cancellation);

    // The model answers at once: the time that a call takes is the process's.
    private Task<T> CallAsync<T>(string call, Func<IAlertCauses, Task<T>> operation, CancellationToken cancellation) =>
        process.CallAsync(call, () => operation(_world.AlertCauses).Result, cancellation);
}
