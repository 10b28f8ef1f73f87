using System.Text.Json;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Ports;

namespace Jobs.Core.Runs;

/// <summary>
/// Begins an array's children, as many as may run at once. Each begins under an id of its own, and only then the array notes how far it is: a crash
/// in between begins the same ones again, which changes nothing.
/// </summary>
internal sealed class ArrayStarter(Families families, IChildren children, IRunStore runs, IArrayItems items, JobCatalog catalog, RunEngine engine, TimeProvider clock)
{
    private const int Parallelism = 8;

    /// <summary>Children begun before it is noted.</summary>
    private const int Step = 50;

    /// <param name="array">As it was read.</param>
    /// <param name="ended">Children that have ended; null when it is not known.</param>
    public async Task StartAsync(Run array, int? ended, CancellationToken cancellation)
    {
        var refused = 0;
        do
        {
            var limit = array.Array!.Count;
            if (array.Array.AtOnce < limit) limit = Math.Min(limit, array.Array.AtOnce + (ended ?? await CountAsync(array, cancellation)));
            refused = 0;
            while (array is { State: RunState.AwaitingChildren, Array: { } work } && work.Begun < limit)
            {
                var lines = await items.ReadAsync(work.Key, work.Offset, Math.Min(Step, limit - work.Begun), cancellation);
                var (begun, misfits, failures) = await BeginAsync(array, lines, cancellation);
                refused += misfits;
                // Up to the first that failed, so that what always fails for a few of many does not begin the others for ever.
                var next = work with { Begun = work.Begun + begun, Offset = begun > 0 && lines.Count > 0 ? lines[begun - 1].Next : work.Offset };
                var noted = begun == 0 ? array : await NoteAsync(array, next, cancellation);
                if (failures.Count > 0) throw new AggregateException($"Of array {array.Id}, {failures.Count} children could not be begun; the sweep repeats it.", failures);
                if (noted is null) return;
                array = noted;
            }

            // What was refused has ended: others may run in its place.
            ended = null;
        }
        while (refused > 0);
    }

    private async Task<int> CountAsync(Run array, CancellationToken cancellation) =>
        (await children.ReadAsync(array.Id, cancellation)).Count(child => child.State is not null);

    /// <returns>The run as it is, whoever wrote it; null when it is gone.</returns>
    private async Task<Run?> NoteAsync(Run array, ArrayWork work, CancellationToken cancellation)
    {
        var noted = ArrayRuns.Note(array, work, clock.GetUtcNow());
        return await runs.SaveAsync(noted, cancellation) ? noted : (await runs.ReadAsync(array.Id, cancellation))?.Run;
    }

    /// <returns>How many have begun before the first that could not, how many of all were refused, and what failed.</returns>
    private async Task<(int Begun, int Refused, IReadOnlyCollection<Exception> Failures)> BeginAsync(
        Run array, IReadOnlyList<ArrayLine> lines, CancellationToken cancellation)
    {
        var refused = 0;
        var begun = new bool[Math.Max(1, lines.Count)];
        var failures = await Concurrently.ForEachAsync(Enumerable.Range(0, begun.Length), Parallelism, async i =>
        {
            if (!await BeginAsync(array, array.Array!.Begun + i, lines.Count > 0 ? lines[i] : null, cancellation)) Interlocked.Increment(ref refused);
            begun[i] = true;
        }, cancellation);
        return (begun.TakeWhile(one => one).Count(), refused, failures);
    }

    /// <returns>False when it can never begin.</returns>
    private async Task<bool> BeginAsync(Run array, int index, ArrayLine? line, CancellationToken cancellation)
    {
        var child = new ChildRun(index, ChildRun.IdOf(array.Id.Job, array.Id, index));
        var job = catalog.Find(array.Id.Job);
        if ((job is null ? "The job is no longer deployed." : Misfit(job, line, index)) is { } why)
        {
            await children.NoteEndAsync(array.Id, child with { State = RunState.Failed, Error = why }, cancellation);
            return false;
        }

        if (!await families.AdmitAsync(array.Id, child, cancellation)) return true;
        var request = new RunRequest(child.Run, $"item {index} of {array.Id}", line!.Text) { Priority = array.Priority, Parent = array.Id, ChildIndex = index };
        await engine.SubmitAsync(request, job!, cancellation);
        return true;
    }

    /// <summary>Why the line can be no input; null when it can.</summary>
    private static string? Misfit(JobDefinition job, ArrayLine? line, int index)
    {
        const string Remedy = "Correct the line, and submit it again.";
        if (line is null) return $"The array has no line {index + 1}: its object is gone, or has fewer lines than were announced. Submit the array again.";
        if (line.Text is null) return $"Line {index + 1} has more than {CommandReader.MaxInputBytes:N0} bytes. Upload the data to the bucket, and submit its key.";
        try
        {
            using var document = JsonDocument.Parse(line.Text);
            var faults = InputSchema.Check(job.InputSchema, document.RootElement);
            return faults.Count == 0 ? null : $"Line {index + 1} does not fit job '{job.Name}': {string.Join(' ', faults)} {Remedy}";
        }
        catch (JsonException e)
        {
            return $"Line {index + 1} is not JSON: {e.Message} {Remedy}";
        }
    }
}
