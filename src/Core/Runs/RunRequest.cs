using System.Collections.Immutable;
using Jobs.Core.Ids;
using Jobs.Core.Sizes;

namespace Jobs.Core.Runs;

/// <summary>What asks for a run.</summary>
/// <param name="Id">Derived from what asks, so that the same request, however often it arrives, names the same
/// run.</param>
/// <param name="Trigger">For people: <c>upload incoming/*.csv</c>.</param>
/// <param name="Input">As JSON; null when all of it is the object under <see cref="InputKey"/>.</param>
public sealed record RunRequest(RunId Id, string Trigger, string? Input)
{
    /// <summary>Bytes of UTF-8 that an input may have as JSON: an item of DynamoDB holds 400 KB.</summary>
    public const int MaxInputBytes = 256 * 1_024;

    /// <summary>
    /// Key in the runner's bucket of what is too large for an item; null when <see cref="Input"/> is all.
    /// </summary>
    public string? InputKey { get; init; }

    /// <summary>0 to 9: place among the job's waiting runs. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>What the sender calls it, in order: <c>team=billing</c>.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>The run that submits this one and waits for its end; null for none.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Its place among the parent's children, from 0.</summary>
    public int ChildIndex { get; init; }

    /// <summary>
    /// The step of a trace that asks for it, as W3C's traceparent; null when that is the message's, or there is none.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>
    /// A trigger brought it: while the job is paused it is recorded as Skipped, if the job declares that. What a
    /// person, a parent or a replay asks for waits.
    /// </summary>
    public bool IsTriggered { get; init; }

    /// <summary>Who asks for it by a command: <c>user/alice</c>. Null when that is not known.</summary>
    public string? By { get; init; }

    /// <summary>The size that is asked for; null for the job's.</summary>
    public TaskSize? Size { get; init; }

    /// <summary>The run that this one repeats by hand; null for none.</summary>
    public RunId? RetryOf { get; init; }

    /// <summary>
    /// What the run is called: as the sender says, and as its job declares under other names, as far as that fits.
    /// </summary>
    public ImmutableArray<string> LabelsFor(JobDefinition job) => [.. Definitions.Labels.Join(Labels, job.Labels)];
}
