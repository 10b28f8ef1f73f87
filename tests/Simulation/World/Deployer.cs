using Jobs.Core.Definitions;
using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.World;

/// <summary>Deploys other versions of the stack.</summary>
internal sealed class Deployer(SimulatedWorld world)
{
    /// <summary>
    /// How long a deployment takes from one function to the next, together; and how long what began before it may go
    /// on.
    /// </summary>
    private static readonly TimeSpan RollOut = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Longest = RollOut + TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, List<JobDefinition?>> _before = [];
    private readonly Dictionary<string, DateTimeOffset> _changedAt = [];
    private readonly HashSet<string> _removed = [];

    public bool IsUnderWay(string job) => IsUnderWay(job, world.Loop.Now);

    /// <summary>Whether what was decided then may have been decided by the version before the last.</summary>
    public bool IsUnderWay(string job, DateTimeOffset then) =>
        _changedAt.TryGetValue(job, out var at) && then < at + Longest;

    public bool WasRemoved(string job) => _removed.Contains(job);

    /// <summary>Takes a job away, from all functions at once.</summary>
    public void Remove(string job)
    {
        Replace(job, null);
        foreach (var refresh in world.Refreshes) refresh();
    }

    /// <summary>
    /// Changes a job; one function after the other gets it, and what runs meanwhile goes on as it was.
    /// </summary>
    public void Deploy(string job, Change change)
    {
        var known = world.Catalog.Find(job);
        Replace(job, change switch
        {
            Change.Added => SimulatedJobs.All.Single(one => one.Name == job),
            Change.Removed => null,
            Change.RolledBack => _before.TryGetValue(job, out var before) ? before[^1] : known,
            _ when known is null => null,
            Change.Resized =>
                known with
                {
                    Cpu = known.Cpu * 2,
                    MemoryMiB = known.MemoryMiB * 2,
                    MaxMemoryMiB = known.MaxMemoryMiB * 2
                },
            Change.Capped => known with { MaxConcurrent = 1 },
            _ => known with { MaxConcurrent = null },
        });
        foreach (var refresh in world.Refreshes) world.Loop.After(RollOut * world.Chance.Fraction(), refresh);
    }

    private void Replace(string job, JobDefinition? definition)
    {
        var jobs = world.Catalog.Jobs.ToList();
        var index = jobs.FindIndex(one => one.Name == job);
        if (!_before.TryGetValue(job, out var before)) _before[job] = before = [];
        before.Add(index < 0 ? null : jobs[index]);
        if (index >= 0 && definition is null) jobs.RemoveAt(index);
        else if (index >= 0) jobs[index] = definition!;
        else if (definition is not null) jobs.Add(definition);
        if (index >= 0 && definition is null) _removed.Add(job);
        _changedAt[job] = world.Loop.Now;
        world.Catalog = new JobCatalog(jobs);
        world.Generation++;
    }
}
