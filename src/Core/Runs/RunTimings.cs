using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>The machinery's own times, none of which a job declares.</summary>
public static class RunTimings
{
    /// <summary>How long the process that decided an effect has to perform it before the sweep does.</summary>
    public static readonly TimeSpan EffectGrace = TimeSpan.FromSeconds(60);

    /// <summary>What Fargate may take to provision and pull before it counts against the job's own timeout.</summary>
    public static readonly TimeSpan StartAllowance = TaskVerdicts.StartAllowance;

    /// <summary>How often a run is looked at that has a task and nothing owed.</summary>
    public static readonly TimeSpan Check = TimeSpan.FromMinutes(5);

    /// <summary>How often a run is looked at whose end is due any moment.</summary>
    public static readonly TimeSpan StopCheck = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long ECS must not know a task before we believe it: its answers are eventually consistent.
    /// </summary>
    public static readonly TimeSpan MissingConfirmation = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A launch whose answer is unknown is never resent after this: its token may have expired, and then would start a
    /// second task.
    /// </summary>
    public static readonly TimeSpan LaunchTokenLife = TimeSpan.FromMinutes(45);

    /// <summary>
    /// Silence after which a worker counts as hung; it sends a heartbeat every 30 s, beginning 60 s after its claim.
    /// </summary>
    public static readonly TimeSpan HeartbeatLimit = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long what was just deployed may look wrong: a role that ECS does not see yet, a job that this process does
    /// not know yet.
    /// </summary>
    public static readonly TimeSpan Deploying = TimeSpan.FromMinutes(10);

    /// <summary>First wait after ECS refused a launch, doubled for each further refusal.</summary>
    public static readonly TimeSpan RefusalBackoff = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait after ECS refused a launch.</summary>
    public static readonly TimeSpan MaxRefusalBackoff = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a process whose launch was refused for its rate writes new runs down as waiting, instead of asking
    /// again.
    /// </summary>
    public static readonly TimeSpan ThrottleQuiet = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What one step of priority is worth in waiting time: priorities order the queue, and no run waits for ever.
    /// </summary>
    public static readonly TimeSpan PriorityHeadStart = TimeSpan.FromHours(1);

    /// <summary>Wait before a run is launched again that AWS interrupted, or that gets more memory.</summary>
    public static readonly TimeSpan FreeBackoff = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest wait before a run is launched again at no cost, doubled for each time from <see cref="FreeBackoff"/> on.
    /// </summary>
    public static readonly TimeSpan MaxFreeBackoff = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What a task takes at least from RunTask to the first line of the job: a repetition that is to wait no longer is
    /// launched at once.
    /// </summary>
    public static readonly TimeSpan TaskStart = TimeSpan.FromSeconds(30);

    /// <summary>Attempts in a row whose worker could not learn which task it is, before the run fails.</summary>
    public const int MaxUnnamed = 3;

    /// <summary>Interruptions after which a run fails all the same: something else is wrong.</summary>
    public const int MaxInterruptions = 20;
}
