using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>The Results table, with the conditions that the worker's writes carry.</summary>
internal sealed class ResultsTable(SimulatedWorld world)
{
    private readonly Dictionary<RunId, WorkerRecord> _records = [];

    public WorkerRecord? Find(RunId run) => _records.GetValueOrDefault(run);

    public bool Claim(LaunchId launch, string taskArn, DateTimeOffset at)
    {
        var old = Find(launch.Run);
        var free = old is null || old.Launch < launch.Number || (old.Launch == launch.Number && old.TaskArn == taskArn);
        if (free) _records[launch.Run] = new WorkerRecord(launch.Number, taskArn, at);
        return free;
    }

    public bool Heartbeat(LaunchId launch, DateTimeOffset at) => Update(launch, record => record with { HeartbeatAt = at });

    public bool Complete(LaunchId launch, WorkerOutcome outcome)
    {
        var written = Update(launch, record => record with
        {
            ResultJson = outcome.ResultJson,
            ResultKey = outcome.ResultKey,
            Error = outcome.Error,
            LogTail = outcome.LogTail,
        });
        if (written && outcome.ResultJson is not null) world.Witness.ResultRecorded(launch);
        return written;
    }

    public void Expire(RunId run) => _records.Remove(run);

    private bool Update(LaunchId launch, Func<WorkerRecord, WorkerRecord> write)
    {
        if (Find(launch.Run) is not { } old || old.Launch != launch.Number) return false;
        _records[launch.Run] = write(old);
        return true;
    }
}
