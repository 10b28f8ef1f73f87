using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lapstack.State;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// The schedules by ARN. Of them only what the template does not say outlives the process: when each was first
/// made, for a rate counts from there, and whether a call has switched it.
/// </summary>
internal sealed class ScheduleStore(StateFolder state, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SchedulerTask> _schedules = new(StringComparer.Ordinal);
    private readonly ServiceState _state = state.For("scheduler");
    private readonly Switches _switches = new(state.For("scheduler"));

    public IEnumerable<SchedulerTask> All =>
        _schedules.Values.OrderBy(schedule => schedule.Arn, StringComparer.Ordinal);

    public SchedulerTask? Find(string arn) => _schedules.GetValueOrDefault(arn);

    public void Open(string name, string arn, JsonObject properties)
    {
        var file = $"schedules/{FileNames.Hash(arn)}.json";
        var start = _state.Read<DateTimeOffset?>(file) ?? clock.GetUtcNow();
        _state.Write(file, start);
        var schedule = ScheduleReader.Read(name, arn, properties, start);
        _schedules[arn] = schedule with { IsEnabled = _switches.Open(arn, schedule.IsEnabled) };
    }

    public void Switch(SchedulerTask schedule, bool isOn)
    {
        _switches.Set(schedule.Arn, isOn);
        _schedules[schedule.Arn] = schedule with { IsEnabled = isOn };
    }
}
