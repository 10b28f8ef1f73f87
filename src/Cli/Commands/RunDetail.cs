using System.Text.Json;
using Jobs.Cli.Output;
using Jobs.Cli.Shapes;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Costs;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Commands;

/// <summary>Puts together all that is known of a run.</summary>
internal static class RunDetail
{
    /// <summary>Children that failed of which more is read than their number.</summary>
    private const int MaxFailures = 5;

    public static async Task<RunDetailShape> ReadAsync(IStack stack, RunReading reading, DateTimeOffset now, CancellationToken cancellation)
    {
        var run = reading.Run;
        var (attemptsRead, inputRead) = (stack.Runs.AttemptsAsync(run.Id, cancellation), InputAsync(stack, run, cancellation));
        var (attempts, input) = (await attemptsRead, await inputRead);
        var worker = reading.CurrentWorker;
        return new RunDetailShape(
            RunShape.Of(reading, now),
            ToJson(input),
            ToJson(worker?.ResultJson),
            worker?.ResultKey is { } key ? $"s3://{stack.Place.Output(OutputNames.Bucket)}/{key}" : null,
            run.Stall is { } stall
                ? $"{stall.Reason} since {Words.Span(now - stall.Since)}{(stall.Detail is { } detail ? $": {detail}" : "")}" : null,
            run.Children > 0 ? await ChildrenAsync(stack, run, cancellation) : null,
            Attempts(reading, attempts),
            Timeline(reading, attempts),
            CostShape.Of(RunCost.Of(run, attempts, FargatePrices.UsEast1, now)),
            worker?.LogTail is { Count: > 0 } tail ? tail : attempts.Count > 0 ? attempts[^1].LogTail : []);
    }

    private static async Task<ChildrenShape> ChildrenAsync(IStack stack, Run run, CancellationToken cancellation)
    {
        var blocks = await stack.Children.BlocksAsync(run.Id, cancellation);
        var begun = run.Array is null ? run.Children
            : (await stack.ArrayCursors.ReadAsync(run.Id, isExact: false, cancellation))?.Begun ?? 0;
        var failures = await stack.Children.FailuresAsync(run.Id, blocks, run.Children, MaxFailures, cancellation);
        var shapes = failures.Select(child =>
            new ChildFailureShape(child.Index, child.Run.ToString(), child.State!.Value.ToString(), child.Error));
        return new ChildrenShape(run.Children, begun, blocks.Ended(run.Children), blocks.Failed(run.Children),
            [.. shapes]);
    }

    private static async Task<string?> InputAsync(IStack stack, Run run, CancellationToken cancellation) =>
        run.Input ?? await stack.Runs.ReadInputAsync(run.Id, cancellation);

    private static List<AttemptShape> Attempts(RunReading reading, IReadOnlyList<Attempt> attempts)
    {
        var shapes = attempts.Select(AttemptShape.Of).ToList();
        // A success leaves no attempt, and a task that runs has not left one yet.
        var hasLast = reading.Run.TaskArn is not null || reading.CurrentWorker is not null;
        if (hasLast && attempts.All(attempt => attempt.Launch.Number != reading.Run.Launch)) shapes.Add(AttemptShape.OfLast(reading));
        return shapes;
    }

    private static List<MomentShape> Timeline(RunReading reading, IReadOnlyList<Attempt> attempts)
    {
        var (run, worker) = (reading.Run, reading.CurrentWorker);
        var moments = new List<(DateTimeOffset? At, string What)> { (run.CreatedAt, $"asked for by {run.Trigger}") };
        foreach (var attempt in attempts)
        {
            moments.Add((attempt.StartedAt, Words.Invariant($"launch {attempt.Launch.Number} started, try {attempt.Number}")));
            moments.Add((attempt.EndedAt, Words.Invariant($"launch {attempt.Launch.Number} ended: {attempt.Verdict.Class}")));
        }

        if (attempts.All(attempt => attempt.Launch.Number != run.Launch))
        {
            moments.Add((run.LaunchedAt, Words.Invariant($"launch {run.Launch} sent to ECS")));
            moments.Add((run.StartedAt ?? worker?.ClaimedAt, Words.Invariant($"launch {run.Launch} started, try {run.Attempt}")));
        }

        if (!run.IsOver) moments.Add((worker?.HeartbeatAt, "last sign of life"));
        if (run.State == RunState.Pending) moments.Add((run.NotBefore, "may be launched again"));
        moments.Add((run.EndedAt, $"ended: {run.State}"));
        return [.. moments.Where(moment => moment.At is not null).Select(moment => new MomentShape(moment.At!.Value, moment.What)).OrderBy(moment => moment.At)];
    }

    private static JsonElement? ToJson(string? json)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
