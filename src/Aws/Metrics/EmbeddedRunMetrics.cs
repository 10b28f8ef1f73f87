using System.Globalization;
using Jobs.Core.Metrics;
using Jobs.Core.Verdicts;

namespace Jobs.Aws.Metrics;

/// <summary>
/// Writes the figures of runs into the function's log, a line for each end, whose other members are for queries.
/// CloudWatch charges each set of dimensions of a metric, so the job is one only where that was asked for.
/// </summary>
/// <param name="stack">Name of the stack.</param>
/// <param name="isByJob">Whether a job, by its name, has metrics of its own besides.</param>
/// <param name="write">Writes one line, as it is.</param>
public sealed class EmbeddedRunMetrics(
    string stack, Func<string, bool> isByJob, Action<string> write, TimeProvider clock) : IRunMetrics
{
    public void Ended(EndFigures end)
    {
        List<EmbeddedValue> values = [.. Values(end)];
        List<EmbeddedGroup> groups = [];
        if (end.Outcome is not null) groups.Add(Group(end.Run.Job, [One(MetricNames.Runs)], MetricNames.Outcome));
        if (values.Count > 0) groups.Add(Group(end.Run.Job, values));
        if (groups.Count == 0) return;
        Write(
            groups,
            end.Run.Job,
            (MetricNames.Run, end.Run.ToString()),
            (MetricNames.Attempt, end.Attempt.ToString(CultureInfo.InvariantCulture)),
            (MetricNames.Outcome, end.Outcome?.ToString()),
            (MetricNames.Verdict, end.Verdict?.ToString()),
            (MetricNames.Trigger, end.Trigger));
    }

    public void Launched(string job) => Write([Group(job, [One(MetricNames.Launches)])], job);

    public void Refused(string job, VerdictClass reason) => Write(
        [Group(job, [One(MetricNames.Refusals)], MetricNames.Reason)], job, (MetricNames.Reason, reason.ToString()));

    public void Backlog(string job, long messages) =>
        Write([Group(job, [EmbeddedValue.Count(MetricNames.Backlog, messages)])], job);

    public void Waiting(int runs) => Write(
        [new([[MetricNames.Stack]], [EmbeddedValue.Count(MetricNames.WaitingRuns, runs)])], job: null);

    private static IEnumerable<EmbeddedValue> Values(EndFigures end)
    {
        if (end.Outcome is RunState.Failed or RunState.TimedOut) yield return One(MetricNames.Failures);
        if (end.Outcome is RunState.Succeeded) yield return EmbeddedValue.Count(MetricNames.Failures, 0);
        if (end.Waited is { } waited) yield return EmbeddedValue.Seconds(MetricNames.WaitedSeconds, waited);
        if (end.Ran is { } ran) yield return EmbeddedValue.Seconds(MetricNames.RunSeconds, ran);
        if (end.Dollars is { } dollars) yield return EmbeddedValue.Dollars(MetricNames.CostDollars, dollars);
    }

    private static EmbeddedValue One(string name) => EmbeddedValue.Count(name, 1);

    private EmbeddedGroup Group(string job, IReadOnlyList<EmbeddedValue> values, params string[] besides)
    {
        List<IReadOnlyList<string>> sets = [[MetricNames.Stack, .. besides]];
        if (isByJob(job)) sets.Add([MetricNames.Stack, MetricNames.Job, .. besides]);
        return new(sets, values);
    }

    private void Write(List<EmbeddedGroup> groups, string? job, params (string, string?)[] members) => write(
        EmbeddedLine.Write(
            clock.GetUtcNow(), groups, [(MetricNames.Stack, stack), (MetricNames.Job, job), .. members]));
}
