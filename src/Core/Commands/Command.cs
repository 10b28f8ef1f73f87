using System.Collections.Immutable;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Commands;

/// <summary>What a sender asks for through the commands queue.</summary>
/// <param name="Id">The sender's key, 1 to 128 characters: the same command sent twice has the same.</param>
public abstract record Command(string Id)
{
    /// <summary>What the sender calls itself: <c>user/alice</c>. Null when it does not say.</summary>
    public string? By { get; init; }

    /// <summary>When it was sent; null when that is not known.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>A new run of a job.</summary>
    /// <param name="Input">As JSON; <c>{}</c> when none was given.</param>
    /// <param name="Priority">0 to 9.</param>
    public sealed record Submit(string Id, string Job, string Input, int Priority) : Command(Id)
    {
        /// <summary>What the sender calls the run: <c>team=billing</c>.</summary>
        public ImmutableArray<string> Labels { get; init; } = [];

        /// <summary>CPU units that its tasks have; null for the job's.</summary>
        public int? Cpu { get; init; }

        /// <summary>Memory in MiB that its tasks have; null for the job's.</summary>
        public int? MemoryMiB { get; init; }

        /// <summary>The run that submits this one as its child; null for none.</summary>
        public RunId? Parent { get; init; }

        /// <summary>Place among the parent's children, from 0.</summary>
        public int Index { get; init; }

        /// <summary>The run that the command makes, which its sender can follow at once.</summary>
        public RunId Run => Parent is { } parent ? ChildRun.IdOf(Job, parent, Index) : RunId.From(Job, "manual", Id);
    }

    /// <summary>A run that makes a child of each line of an object.</summary>
    /// <param name="Priority">0 to 9, the children's.</param>
    public sealed record SubmitArray(string Id, string Job, ArrayWork Work, int Priority) : Command(Id)
    {
        /// <summary>What the sender calls the run, and each of its children.</summary>
        public ImmutableArray<string> Labels { get; init; } = [];

        /// <summary>The run that the command makes, which its sender can follow at once.</summary>
        public RunId Run => RunId.From(Job, "manual", Id);
    }

    /// <summary>A new run with the input of one that is over.</summary>
    public sealed record Retry(string Id, RunId Run) : Command(Id)
    {
        /// <summary>The run that the command makes, which its sender can follow at once.</summary>
        public RunId NewRun => RunId.From(Run.Job, "retry", Run.ToString(), Id);
    }

    /// <summary>Much of what ran, again.</summary>
    /// <param name="SourceJson">What: as ReplayJson reads it.</param>
    /// <param name="PerMinute">Runs started a minute at most.</param>
    /// <param name="Force">Also what has run already.</param>
    public sealed record Replay(string Id, string SourceJson, int PerMinute, bool Force) : Command(Id);

    /// <summary>A job, or one of its schedules, starts nothing until it is resumed.</summary>
    /// <param name="Schedule">Null for the whole job.</param>
    /// <param name="Until">When that ends by itself; null for never.</param>
    public sealed record Pause(string Id, string Job, string? Schedule, DateTimeOffset? Until, string Reason)
        : Command(Id);

    /// <summary>A pause's end.</summary>
    public sealed record Resume(string Id, string Job, string? Schedule) : Command(Id);

    /// <summary>A run's end.</summary>
    public sealed record Cancel(string Id, RunId Run) : Command(Id);

    /// <summary>An alert that says only that it is a test, to each who is told of failures.</summary>
    /// <param name="Job">Whose recipients get it too; null for none.</param>
    public sealed record TestAlert(string Id, string? Job) : Command(Id);

    /// <summary>A replay's end.</summary>
    /// <param name="Begun">The id of the command that began it.</param>
    public sealed record CancelReplay(string Id, string Begun) : Command(Id);
}
