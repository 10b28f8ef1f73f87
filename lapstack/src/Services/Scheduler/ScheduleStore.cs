using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lapstack.State;

namespace Lapstack.Services.Scheduler;

/// <summary>The schedules by ARN. Of them only when each was first made outlives the process: a rate counts from there.</summary>
internal sealed class ScheduleStore(StateFolder state, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SchedulerTask> _schedules = new(StringComparer.Ordinal);
    private readonly ServiceState _state = state.For("scheduler");

    public IEnumerable<SchedulerTask> All => _schedules.Values.OrderBy(schedule => schedule.Arn, StringComparer.Ordinal);

    public SchedulerTask? Find(string arn) => _schedules.GetValueOrDefault(arn);

    public void Open(string name, string arn, JsonObject properties)
    {
        var file = $"schedules/{FileNames.Hash(arn)}.json";
        var start = _state.Read<DateTimeOffset?>(file) ?? clock.GetUtcNow();
        _state.Write(file, start);
        _schedules[arn] = ScheduleReader.Read(name, arn, properties, start);
    }
}
