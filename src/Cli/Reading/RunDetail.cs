using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Costs;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>All that is known of a run.</summary>
/// <param name="Attempts">Its tasks that ended without success.</param>
/// <param name="Input">As it was submitted, JSON.</param>
/// <param name="ResultAt">S3 URL of a result above 32 KB.</param>
/// <param name="Children">Null when it has none.</param>
/// <param name="Owner">Who answers for the job as it is deployed now; null when it does not say.</param>
/// <param name="Pauses">What is paused in the stack.</param>
internal sealed record RunDetail(
    RunReading Reading,
    IReadOnlyList<Attempt> Attempts,
    string? Input,
    string? ResultAt,
    ChildrenDetail? Children,
    RunCost Cost,
    string? Owner,
    PauseList Pauses)
{
    /// <summary>Children that failed of which more is read than their number.</summary>
    private const int MaxFailures = 5;

    public Run Run => Reading.Run;

    /// <summary>What the job returned, JSON as a rule: its role may write anything. Null when there is none.</summary>
    public string? Result => Reading.CurrentWorker?.ResultJson;

    public IReadOnlyList<RunTask> Tasks => RunTask.Of(Reading, Attempts);

    public IReadOnlyList<Moment> Timeline => Moment.Of(Reading, Attempts);

    /// <summary>Last lines of the newest task that left some.</summary>
    public IReadOnlyList<string> LogTail => Reading.CurrentWorker?.LogTail is { Count: > 0 } tail ? tail
        : Attempts.Count > 0 ? Attempts[^1].LogTail : [];

    public static async Task<RunDetail> ReadAsync(
        IStack stack, RunReading reading, DateTimeOffset now, CancellationToken cancellation)
    {
        var run = reading.Run;
        var (attemptsRead, inputRead) =
            (stack.Runs.AttemptsAsync(run.Id, cancellation), InputAsync(stack, run, cancellation));
        var (ownerRead, pausesRead) = (OwnerAsync(stack, run, cancellation), stack.Pauses.ReadAsync(cancellation));
        var (attempts, input) = (await attemptsRead, await inputRead);
        return new RunDetail(
            reading,
            attempts,
            input,
            reading.CurrentWorker?.ResultKey is { } key ? $"s3://{stack.Place.Output(OutputNames.Bucket)}/{key}" : null,
            run.Children > 0 ? await ChildrenAsync(stack, run, cancellation) : null,
            RunCost.Of(run, attempts, FargatePrices.UsEast1, now),
            await ownerRead,
            await pausesRead);
    }

    private static async Task<string?> OwnerAsync(IStack stack, Run run, CancellationToken cancellation)
    {
        try
        {
            return (await stack.CatalogAsync(cancellation)).Find(run.Id.Job)?.Owner;
        }
        catch (CliException)
        {
            // The stack has not said yet which jobs it has: the run can be shown all the same.
            return null;
        }
    }

    private static async Task<ChildrenDetail> ChildrenAsync(IStack stack, Run run, CancellationToken cancellation)
    {
        var blocks = await stack.Children.BlocksAsync(run.Id, cancellation);
        var begun = run.Array is null ? run.Children
            : (await stack.ArrayCursors.ReadAsync(run.Id, isExact: false, cancellation))?.Begun ?? 0;
        var failures = await stack.Children.FailuresAsync(run.Id, blocks, run.Children, MaxFailures, cancellation);
        return new ChildrenDetail(
            run.Children, begun, blocks.Ended(run.Children), blocks.Failed(run.Children), failures);
    }

    private static async Task<string?> InputAsync(IStack stack, Run run, CancellationToken cancellation) =>
        run.Input ?? await stack.Runs.ReadInputAsync(run.Id, cancellation);
}
