using System.Diagnostics;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Tracing;

/// <summary>
/// The spans of runs. The process whose write records an end exports the span of what ended: there is one such process,
/// because the write is conditional, and none has to live as long as a run. It dies before it exports, and that span is
/// lost.
/// </summary>
public sealed class RunTraces(ITraces traces, TimeProvider clock)
{
    private readonly AsyncLocal<MessageTrace?> _message = new();

    /// <summary>
    /// Begins the handling of a message. What the caller does from now on, until it returns, belongs to it.
    /// </summary>
    public MessageTrace Begin(ActivityContext? sender) => _message.Value = new MessageTrace(sender, clock.GetUtcNow());

    /// <summary>The message is handled. One that was for no run has no trace.</summary>
    public void End(
        MessageTrace message, string name, ActivityContext? invocation,
        params IReadOnlyList<KeyValuePair<string, object?>> attributes)
    {
        if (message.Run is not { } run) return;
        var span = Below(run, $"{name} process", message.Began);
        Add(span with
        {
            Kind = ActivityKind.Consumer,
            Attributes = attributes,
            Links = invocation is { } caller ? [caller] : [],
        });
    }

    /// <summary>What a run that is asked for continues, as it is stored; null when it begins a trace.</summary>
    public string? ContinuedBy(RunRequest request) =>
        request.Trace ?? (_message.Value?.Sender is { } sender ? TraceText.Write(sender) : null);

    /// <summary>The message that is being handled is for this run.</summary>
    public void Found(Run run) => _message.Value?.Found(RootOf(run));

    /// <summary>The run, for what comes of it: children, and jobs after it.</summary>
    public string Context(Run run) => TraceText.Write(RootOf(run));

    /// <summary>The run's current attempt, for its task.</summary>
    public string AttemptContext(Run run) => TraceText.Write(AttemptOf(run));

    /// <summary>RunTask was answered.</summary>
    /// <param name="error">Why there is no task, or none that is known.</param>
    public void Launched(Run run, DateTimeOffset began, string? taskArn, string? error) => Add(
        Below(RootOf(run), "launch", began) with
        {
            Kind = ActivityKind.Client,
            Error = error,
            Attributes =
            [
                new("rpc.system", "aws-api"), new("rpc.service", "ECS"), new("rpc.method", "RunTask"),
                new("jobs.launch", run.Launch), new("aws.ecs.task.arn", taskArn),
            ],
        });

    /// <summary>An e-mail to the admins was made, or counted for one that many runs share.</summary>
    public void Alerted(Run run, DateTimeOffset began, EffectKind kind, string? error) => Add(
        Below(RootOf(run), "alert", began) with
        {
            Kind = ActivityKind.Producer,
            Error = error,
            Attributes = [new("jobs.alert", kind.ToString())],
        });

    /// <summary>The run was stored in its end state from the beginning.</summary>
    public void Skipped(Run run) => Add(Root(run));

    /// <summary>This process has stored what the fact made of the run.</summary>
    /// <param name="attempt">What is known of the attempt that failed; null for a success.</param>
    public void Stored(Run before, Fact fact, Run next, Attempt? attempt)
    {
        if (fact is Fact.TaskStopped or Fact.TaskMissing) Add(AttemptSpan(before, fact, next, attempt));
        if (next.IsOver && !before.IsOver) Add(Root(next));
    }

    public Task FlushAsync() => traces.FlushAsync();

    public DateTimeOffset Now => clock.GetUtcNow();

    private TraceSpan Root(Run run) =>
        new($"run {run.Id.Job}", RootOf(run), run.CreatedAt, run.EndedAt ?? clock.GetUtcNow())
        {
            Parent = TraceText.Parse(run.Trace)?.SpanId ?? default,
            Kind = ActivityKind.Internal,
            Error = run.State is RunState.Failed or RunState.TimedOut ? run.Verdict?.Sentence : null,
            Attributes =
            [
                new("jobs.job", run.Id.Job), new("jobs.run", run.Id.ToString()), new("jobs.trigger", run.Trigger),
                new("jobs.outcome", run.State.ToString()), new("jobs.verdict", run.Verdict?.Class.ToString()),
                new("jobs.attempts", run.Attempt), new("jobs.launches", run.Launch),
                new("jobs.labels", run.Labels.IsEmpty ? null : run.Labels.ToArray()),
                new("jobs.parent", run.Parent?.ToString()),
            ],
        };

    private TraceSpan AttemptSpan(Run before, Fact fact, Run next, Attempt? attempt)
    {
        var task = (fact as Fact.TaskStopped)?.Task;
        var began = before.LaunchedAt ?? task?.CreatedAt ?? clock.GetUtcNow();
        var ended = attempt?.EndedAt ?? task?.StoppedAt ?? clock.GetUtcNow();
        var failed = attempt?.Verdict is { } judged && judged.Class != VerdictClass.AwaitingChildren;
        return new("attempt", AttemptOf(before), began, ended < began ? began : ended)
        {
            Parent = TraceIds.RootOf(before.Id),
            Error = failed ? attempt!.Verdict.Sentence : null,
            Attributes =
            [
                new("jobs.job", before.Id.Job), new("jobs.run", before.Id.ToString()),
                new("jobs.launch", before.Launch), new("jobs.attempt", before.Attempt),
                new("jobs.verdict", (attempt?.Verdict ?? next.Verdict)?.Class.ToString()),
                new("jobs.exit_code", task?.Worker?.ExitCode), new("jobs.spot", before.UsesSpot),
                new("jobs.cpu", before.Size.Cpu), new("jobs.memory_mib", before.Size.MemoryMiB),
                new("aws.ecs.task.arn", attempt?.TaskArn ?? task?.TaskArn ?? before.TaskArn),
                new("aws.ecs.launchtype", "fargate"),
            ],
            Events = task is null ? [] :
            [
                .. Event("task created", task.CreatedAt), .. Event("image pull started", task.PullStartedAt),
                .. Event("containers started", task.StartedAt), .. Event("task stopping", task.StoppingAt),
                .. Event("task stopped", task.StoppedAt),
            ],
        };
    }

    private static IEnumerable<TraceEvent> Event(string name, DateTimeOffset? at) =>
        at is { } known ? [new(name, known)] : [];

    private TraceSpan Below(ActivityContext parent, string name, DateTimeOffset began) =>
        new(name, With(parent, ActivitySpanId.CreateRandom()), began, clock.GetUtcNow()) { Parent = parent.SpanId };

    private ActivityContext RootOf(Run run)
    {
        var continued = TraceText.Parse(run.Trace);
        var trace = continued?.TraceId ?? TraceIds.TraceOf(run.Id);
        var flags = traces.Sampling.Samples(trace, continued) ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return new ActivityContext(trace, TraceIds.RootOf(run.Id), flags);
    }

    private ActivityContext AttemptOf(Run run) => With(RootOf(run), TraceIds.AttemptOf(run.LaunchId));

    private static ActivityContext With(ActivityContext trace, ActivitySpanId span) =>
        new(trace.TraceId, span, trace.TraceFlags);

    private void Add(TraceSpan span)
    {
        if (TraceText.IsSampled(span.Context)) traces.Add(span);
    }
}
