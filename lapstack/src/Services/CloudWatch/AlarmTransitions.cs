using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// Brings alarms from one state into another, one at a time: actions first, for a process that dies in between tells it
/// again.
/// </summary>
internal sealed class AlarmTransitions(
    AlarmStore alarms, AlarmActions actions, AlarmHistory history, Activity activity) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <param name="find">What comes after what is; null to stay as it is.</param>
    /// <param name="newest">The metric's newest value; null when it has none.</param>
    public async Task ChangeAsync(
        Alarm alarm, Func<AlarmStatus, AlarmStatus?> find, double? newest, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var before = alarms.StatusOf(alarm);
            if (find(before) is not { } after || after.State == before.State) return;
            history.Add(alarm, before, after, await ActAsync(alarm, before, after, newest, cancellation));
            alarms.Set(alarm, after);
            activity.Report(
                "CloudWatch", "AlarmChanged", $"{alarm.Name}: {before.State} → {after.State}. {after.Reason}");
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<IReadOnlyList<(string Action, string? Refusal)>> ActAsync(
        Alarm alarm, AlarmStatus before, AlarmStatus after, double? newest, CancellationToken cancellation)
    {
        try
        {
            return await actions.RunAsync(alarm, before, after, newest, cancellation);
        }
        catch (Exception e) when (e is ServiceError || (e is IOException && !FullDisk.Is(e)))
        {
            activity.Report("CloudWatch", "ActionFailed", $"{alarm.Name}: {e.Message}");
            return [.. alarm.Actions[after.State].Select(action => (action, (string?)e.Message))];
        }
    }
}
