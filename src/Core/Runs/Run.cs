using System.Collections.Immutable;
using Jobs.Core.Ids;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>One request to execute a job: the control item, the truth that every event is only a nudge for.</summary>
public sealed record Run(RunId Id)
{
    public required RunState State { get; init; }

    /// <summary>Grows by one with every write; each write is conditioned on the version it read.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What started it, for people: <c>upload incoming/*.csv</c>.</summary>
    public required string Trigger { get; init; }

    /// <summary>
    /// The job's schedule whose next run waits for the end of this one: the end owes it; null for none.
    /// </summary>
    public string? Schedule { get; init; }

    public required RunPolicy Policy { get; init; }

    /// <summary>
    /// 0 to 9, default 0: each step is a head start of <see cref="RunTimings.PriorityHeadStart"/> on the job's other
    /// waiting runs.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>
    /// What it is called, in order: <c>team=billing</c>. Its sender and its job's declaration give them with the
    /// request, its job's code with the end of an attempt.
    /// </summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Who asked for it by a command: <c>user/alice</c>. Null when that is not known, or none did.</summary>
    public string? By { get; init; }

    /// <summary>When it was cancelled and by whom or what; null when that is not known, or it was not.</summary>
    public Cancellation? Cancelled { get; init; }

    /// <summary>The run that this one repeats by hand; null for none.</summary>
    public RunId? RetryOf { get; init; }

    /// <summary>The input as JSON when it is small enough to ride along; null when it is an item of its own.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// Key in the runner's bucket of the result that is the input, or a part of it; null when all of the input is JSON
    /// here.
    /// </summary>
    public string? InputKey { get; init; }

    /// <summary>Other jobs come after this one's: its end owes them.</summary>
    public bool Followed { get; init; }

    /// <summary>Its job has recipients who hear of successes: such an end owes them an e-mail.</summary>
    public bool TellsSuccess { get; init; }

    /// <summary>The run that submitted it and waits for its end; null for none.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Its place among the parent's children, from 0.</summary>
    public int ChildIndex { get; init; }

    /// <summary>
    /// The step of another trace that it is a part of, as W3C's traceparent; null when its trace begins with it.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>Its job may submit others, so that there may be children to cancel.</summary>
    public bool MaySubmit { get; init; }

    /// <summary>
    /// Children submitted in the phases that are over: it awaits them, or goes on with their results. 0 in the first
    /// phase.
    /// </summary>
    public int Children { get; init; }

    /// <summary>Set on a run that makes a child of each item of an array and does nothing itself.</summary>
    public ArrayWork? Array { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Pending: not to be launched before; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>
    /// When the sweep looks at the run again, at the latest. Null when nothing can be missed: it is over and owes
    /// nothing, or it waits for the dispatcher and has no deadline.
    /// </summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>
    /// Place in the queue of a run that waits: when it may start, less the head start of its priority; null for all
    /// others.
    /// </summary>
    public DateTimeOffset? TurnAt { get; init; }

    /// <summary>
    /// Attempts of the application so far, the current one included. Interruptions by AWS do not count.
    /// </summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Number of the current or last launch; 0 before the first.</summary>
    public int Launch { get; init; }

    /// <summary>Launches in a row that ECS refused.</summary>
    public int Refusals { get; init; }

    /// <summary>Attempts that AWS ended: Spot reclaims, host retirements.</summary>
    public int Interruptions { get; init; }

    /// <summary>Attempts in a row whose worker could not learn which task it is.</summary>
    public int Unnamed { get; init; }

    /// <summary>Since when ECS denies what a deployment may just have allowed; null while it does not.</summary>
    public DateTimeOffset? DeniedSince { get; init; }

    /// <summary>The block of slots that the current launch takes its slot from; null when its job has no cap.</summary>
    public int? Slot { get; init; }

    /// <summary>The current launch counts for the stack's CPU budget.</summary>
    public bool Budgeted { get; init; }

    /// <summary>What is known about the silence of its worker; null while that shows signs of life.</summary>
    public Silence? Silence { get; init; }

    /// <summary>
    /// The size that the run grew to after an OutOfMemory; null while it has the size it was declared with.
    /// </summary>
    public TaskSize? Grown { get; init; }

    /// <summary>
    /// The current or last launch is on Fargate Spot. Spot is tried until it has interrupted the run once; while it has
    /// no capacity, the launches until the next task are on demand.
    /// </summary>
    public bool UsesSpot { get; init; }

    /// <summary>What AWS bills for the task that ended last, as far as ECS said; null before the first.</summary>
    public TimeSpan? Billed { get; init; }

    /// <summary>What it waited because its job was paused; null when that is not known, or it did not.</summary>
    public PausedTime? Paused { get; init; }

    /// <summary>When the current launch was decided.</summary>
    public DateTimeOffset? LaunchedAt { get; init; }

    /// <summary>
    /// When the current launch was last claimed to be sent again; null while only the process that decided it may have
    /// sent it.
    /// </summary>
    public DateTimeOffset? ResentAt { get; init; }

    /// <summary>Task of the current launch, once known.</summary>
    public string? TaskArn { get; init; }

    /// <summary>When the task claimed the launch.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When ECS first said that it does not know the task.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>
    /// Since when it waits for AWS, to accept, start or stop a task; or for its children. Null while it works, or
    /// waits for us.
    /// </summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>Set while it has waited too long; until the admins know that it does no longer.</summary>
    public Stall? Stall { get; init; }

    public StopCause? StopCause { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How the last attempt ended, or why the last launch was refused.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What was decided and is not known to be done.</summary>
    public ImmutableArray<Effect> Owed { get; init; } = [];

    /// <summary>
    /// What the stored item has that this version does not know: it is written back as it was. A newer version may have
    /// made the run, and been rolled back.
    /// </summary>
    public CarriedAttributes? Carried { get; init; }

    public LaunchId LaunchId => new(Id, Launch);

    public bool IsOver =>
        State is RunState.Succeeded or RunState.Failed or RunState.TimedOut or RunState.Cancelled or RunState.Skipped;

    /// <summary>Size of the current launch, and of the next.</summary>
    public TaskSize Size => Grown ?? new TaskSize(Policy.Cpu, Policy.MemoryMiB);

    /// <summary>
    /// Pending and free to be launched by a dispatcher, once <see cref="NotBefore"/> has come. An alert that could not
    /// be published does not hold the launch up: it is tried again with it.
    /// </summary>
    public bool IsWaiting => State == RunState.Pending && Owed.All(effect => effect.IsAlert);

    /// <summary>It has a task, or may have one.</summary>
    public bool MayHaveTask => State is RunState.Starting or RunState.Running or RunState.Stopping;

    public bool Owes(EffectKind kind) => Owed.Any(effect => effect.Kind == kind);
}
