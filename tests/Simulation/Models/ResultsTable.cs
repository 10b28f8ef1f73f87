using Jobs.Core.Ids;
using Jobs.Core.Workers;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>The Results table, with the conditions that the worker's writes carry.</summary>
internal sealed class ResultsTable(SimulatedWorld world)
{
    private readonly Dictionary<RunId, WorkerRecord> _records = [];
    private readonly Dictionary<RunId, int> _closed = [];

    public WorkerRecord? Find(RunId run) => _records.GetValueOrDefault(run);

    public bool Claim(LaunchId launch, string taskArn, DateTimeOffset at)
    {
        var old = Find(launch.Run);
        var free = _closed.GetValueOrDefault(launch.Run) < launch.Number && IsFree(old, launch, taskArn);
        if (!free) return false;
        _records[launch.Run] = new WorkerRecord(launch.Number, taskArn, at);
        world.Witness.Knows(launch.Run, taskArn);
        return true;
    }

    private static bool IsFree(WorkerRecord? old, LaunchId launch, string taskArn) =>
        old is null || old.Launch < launch.Number || (old.Launch == launch.Number && old.TaskArn == taskArn);

    /// <summary>Closes a launch: what its worker writes from now on is refused.</summary>
    public WorkerRecord? Close(LaunchId launch)
    {
        _closed[launch.Run] = Math.Max(launch.Number, _closed.GetValueOrDefault(launch.Run));
        return Find(launch.Run);
    }

    public bool Heartbeat(LaunchId launch, DateTimeOffset at) =>
        Update(launch, record => record with { HeartbeatAt = at });

    public bool Complete(LaunchId launch, WorkerOutcome outcome)
    {
        var written = Update(launch, record => record with
        {
            ExitCode = outcome.ExitCode,
            ResultJson = outcome.ResultJson,
            ResultKey = outcome.ResultKey,
            Error = outcome.Error,
            LogTail = outcome.LogTail,
            Children = outcome.Children,
        });
        if (written && outcome.ResultJson is not null) world.Witness.ResultRecorded(launch);
        if (written && outcome.Children is not null) world.Witness.PhaseRecorded(launch);
        return written;
    }

    public void Expire(RunId run)
    {
        _records.Remove(run);
        _closed.Remove(run);
    }

    private bool Update(LaunchId launch, Func<WorkerRecord, WorkerRecord> write)
    {
        if (Find(launch.Run) is not { } old
            || old.Launch != launch.Number
            || _closed.GetValueOrDefault(launch.Run) >= launch.Number)
        {
            return false;
        }

        _records[launch.Run] = write(old);
        return true;
    }
}
