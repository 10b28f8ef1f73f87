using System.Globalization;
using Jobs.Core;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// ECS on Fargate: RunTask with its tokens, rates and refusals, and answers that lag behind. What a task goes through
/// once it exists is <see cref="TaskLife"/>'s.
/// </summary>
internal sealed class Ecs(SimulatedWorld world)
{
    /// <summary>How long DescribeTasks and ListTasks know a stopped task.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>How long ECS remembers a client token at least; a resend after that is a second task.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(60);

    private static readonly TimeSpan WorstLag = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, EcsTask> _tasks = [];
    private readonly Dictionary<LaunchId, List<EcsTask>> _byLaunch = [];
    private readonly LaunchQuota _onDemand = new();
    private readonly LaunchQuota _spot = new();
    private int _count;

    public int AliveCount { get; private set; }

    public int StartedCount => _count;

    public IEnumerable<EcsTask> All => _tasks.Values;

    public LaunchAnswer RunTask(Launch launch)
    {
        if (world.Happens(FaultKind.LaunchLost)) return new LaunchAnswer.Unknown("The request timed out.");
        var answer = Answer(launch);
        return world.Happens(FaultKind.LaunchAnswerLost) ? new LaunchAnswer.Unknown("The answer timed out.") : answer;
    }

    public bool StopTask(string arn)
    {
        if (_tasks.TryGetValue(arn, out var task))
        {
            TaskLife.Stop(world, task, "UserInitiated", "Task stopped by the control plane", EndCause.OurStop);
        }

        return true;
    }

    public IReadOnlyDictionary<string, TaskReading?> Describe(IReadOnlyCollection<string> arns)
    {
        var seenAt = SeenAt();
        var readings = new Dictionary<string, TaskReading?>();
        foreach (var arn in arns)
        {
            if (!world.Happens(FaultKind.TaskLeftOut)) readings[arn] = Read(arn, seenAt);
        }

        return readings;
    }

    public IReadOnlyList<string> Find(LaunchId launch)
    {
        var seenAt = SeenAt();
        return _byLaunch.TryGetValue(launch, out var tasks)
            ? [.. tasks.Where(task => IsKnown(task, seenAt)).Select(task => task.Arn)]
            : [];
    }

    public IReadOnlyList<EcsTask> Of(LaunchId launch) => _byLaunch.TryGetValue(launch, out var tasks) ? tasks : [];

    public void Ended(EcsTask task)
    {
        AliveCount--;
        world.Witness.TaskEnded(task);
        world.Loop.After(Memory * 2, () => Forget(task));
    }

    private LaunchAnswer Answer(Launch launch)
    {
        var now = world.Loop.Now;
        if (_byLaunch.TryGetValue(launch.Id, out var known)
            && known.Find(task => task.CreatedAt + TokenLife > now) is { } first)
        {
            // With other parameters it would be a ConflictException, which names the same task.
            return new LaunchAnswer.Accepted(first.Arn);
        }

        return Refusal(launch) is { } refusal
            ? new LaunchAnswer.Refused(refusal)
            : new LaunchAnswer.Accepted(Start(launch).Arn);
    }

    private Verdict? Refusal(Launch launch)
    {
        var quota = launch.Spot ? _spot : _onDemand;
        if (!quota.TryTake(world.Loop.Now) || world.Happens(FaultKind.Throttle))
        {
            return RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded");
        }

        if (world.Happens(FaultKind.DisguisedThrottle))
        {
            return RefusalVerdicts.Classify(
                "ClientException", "Too many concurrent attempts to create a new revision of the specified family.");
        }

        if (world.Happens(FaultKind.NoCapacity) || (launch.Spot && world.Happens(FaultKind.NoSpotCapacity)))
        {
            var (code, detail) = world.Chance.Pick(NoCapacity);
            return RefusalVerdicts.Classify(code, detail);
        }

        if (!world.Happens(FaultKind.Misconfigured)) return null;
        world.Witness.Misconfigured(launch.Id.Run);
        return RefusalVerdicts.Classify(
            "InvalidParameterException", "No Container Instances were found in your cluster for this launch type.");
    }

    private static readonly (string Code, string? Detail)[] NoCapacity =
    [
        ("Capacity is unavailable at this time. Please try again later or in a different availability zone", null),
        ("RESOURCE:CPU", null),
        ("ServiceUnavailableException", "Capacity is unavailable at this time."),
        ("InvalidParameterException", "You've reached the limit on the number of vCPUs you can run concurrently"),
    ];

    private EcsTask Start(Launch launch)
    {
        var number = (++_count).ToString("0000000", CultureInfo.InvariantCulture);
        var policy = world.Runs.Find(launch.Id.Run)!.Policy;
        var task = new EcsTask($"arn:aws:ecs:eu-central-1:123456789012:task/jobs/{number}", launch, world.Loop.Now)
        {
            TimeoutMinutes = policy.TimeoutMinutes,
            StopTimeoutSeconds = policy.StopTimeoutSeconds,
            Size = launch.Size,
            HasHost = policy.HasHost,
        };
        _tasks[task.Arn] = task;
        if (!_byLaunch.TryGetValue(launch.Id, out var tasks)) _byLaunch[launch.Id] = tasks = [];
        tasks.Add(task);
        AliveCount++;
        task.Script = TaskScript.Draw(world, task);
        world.Trace.Note(task.ToString(), "starts", $"for {launch.Id}{(launch.Spot ? " on Spot" : "")}");
        world.Witness.TaskStarted(task);
        TaskLife.Begin(world, task);
        return task;
    }

    // The moment whose state an eventually consistent answer shows.
    private DateTimeOffset SeenAt() =>
        world.Happens(FaultKind.StaleTasks)
            ? world.Loop.Now - world.Chance.Spread(TimeSpan.FromSeconds(0.1), WorstLag)
            : world.Loop.Now;

    private static bool IsKnown(EcsTask task, DateTimeOffset seenAt) =>
        task.CreatedAt <= seenAt && !(task.VanishedAt <= seenAt) && !(task.StoppedAt + Memory <= seenAt);

    private TaskReading? Read(string arn, DateTimeOffset seenAt)
    {
        if (!_tasks.TryGetValue(arn, out var task) || !IsKnown(task, seenAt)) return null;
        if (task.StoppedAt <= seenAt) return new TaskReading("STOPPED", Observe(task)) { CreatedAt = task.CreatedAt };
        return task.RunningAt <= seenAt
            ? new TaskReading("RUNNING", null) { CreatedAt = task.CreatedAt, StartedAt = task.RunningAt }
            : new TaskReading("PROVISIONING", null) { CreatedAt = task.CreatedAt };
    }

    private static TaskObservation Observe(EcsTask task) => new(task.Arn)
    {
        StopCode = task.StopCode,
        StoppedReason = task.StoppedReason,
        Containers = task.RunningAt is null && task.ContainerReason is null
            ? []
            : [new ContainerObservation(Names.WorkerContainer, task.ExitCode, task.ContainerReason)],
        CreatedAt = task.CreatedAt,
        StartedAt = task.RunningAt,
        StoppingAt = task.StoppingAt,
        StoppedAt = task.StoppedAt,
        Description = "{}",
    };

    private void Forget(EcsTask task)
    {
        _tasks.Remove(task.Arn);
        if (_byLaunch.TryGetValue(task.Launch.Id, out var tasks) && tasks.Remove(task) && tasks.Count == 0)
        {
            _byLaunch.Remove(task.Launch.Id);
        }
    }
}
