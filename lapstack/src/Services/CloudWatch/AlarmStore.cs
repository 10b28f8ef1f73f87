using System.Collections.Concurrent;
using Lapstack.State;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// The alarms of the stack, which the template says again after a restart, and how they stand, which is kept.
/// </summary>
internal sealed class AlarmStore(StateFolder state, TimeProvider clock)
{
    private readonly ServiceState _state = state.For("cloudwatch");
    private readonly ConcurrentDictionary<string, Alarm> _alarms = new(StringComparer.Ordinal);

    public IReadOnlyList<Alarm> All => [.. _alarms.Values.OrderBy(alarm => alarm.Name, StringComparer.Ordinal)];

    public void Add(Alarm alarm)
    {
        _alarms[alarm.Name] = alarm;
        if (_state.Read<AlarmStatus>(FileOf(alarm)) is null)
            Set(
                alarm,
                new AlarmStatus(
                    AlarmState.INSUFFICIENT_DATA,
                    alarm.Refusal ?? AlarmStatus.New,
                    clock.GetUtcNow()));
    }

    public AlarmStatus StatusOf(Alarm alarm) => _state.Read<AlarmStatus>(FileOf(alarm))!;

    public void Set(Alarm alarm, AlarmStatus status) => _state.Write(FileOf(alarm), status);

    private static string FileOf(Alarm alarm) => $"alarms/{FileNames.Hash(alarm.Name)}.json";
}
