using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Ground;
using Microsoft.Extensions.Logging;

namespace Jobs;

/// <summary>What a job knows about its run, and what it may do besides computing.</summary>
public sealed class JobContext : WorkContext
{
    /// <summary>Bytes of JSON in UTF-8 that a checkpoint may have.</summary>
    public const int MaxCheckpointBytes = 32 * 1_024;

    private readonly StopSignal _stop;
    private readonly ICheckpoints _checkpoints;
    private readonly Action<WorkerProgress> _report;
    private readonly IRunChildren _children;
    private readonly RunLabels _labels;

    internal JobContext(
        LaunchId launch,
        StopSignal stop,
        RunnerBucket bucket,
        ICheckpoints checkpoints,
        IRunChildren children,
        RunLabels labels,
        ILogger logger,
        Action<WorkerProgress> report)
        : base(bucket, logger)
    {
        (Run, Launch) = (launch.Run.ToString(), launch.Number);
        (_stop, _checkpoints, _children, _labels, _report) = (stop, checkpoints, children, labels, report);
    }

    /// <summary>Id of the run: <c>&lt;job&gt;/&lt;26 characters&gt;</c>. The same in every attempt.</summary>
    public string Run { get; }

    /// <summary>Number of this launch of the run, from 1; it grows with every attempt.</summary>
    public int Launch { get; }

    /// <summary>
    /// Time until the job's timeout; once told to stop, until the container is killed. Never negative.
    /// </summary>
    public TimeSpan TimeLeft => _stop.TimeLeft;

    /// <summary>Why the attempt was told to stop; <see cref="StopReason.None"/> while it was not.</summary>
    public StopReason Interrupted => _stop.Reason;

    /// <summary>
    /// Notes how far the job is, for people. Cheap enough for a loop: it is written at most every five seconds.
    /// </summary>
    /// <param name="fraction">0 to 1; null when the job cannot say.</param>
    /// <param name="message">One line; null when there is none.</param>
    public void Progress(double? fraction, string? message = null) =>
        _report(
            new WorkerProgress(fraction is { } part ? Math.Clamp(double.IsNaN(part) ? 0 : part, 0, 1) : null, message));

    /// <summary>
    /// Calls the run so, to be found with <c>dotnet jobs runs --label team=billing</c> once this attempt has ended,
    /// however it ends: the host notes it with the end, without a call of its own. It takes the place of a label of the
    /// same name that the run has, also of its sender's. A run has at most five labels, of 200 characters in all.
    /// Values of the secrets that the stack gives the job are masked.
    /// </summary>
    /// <param name="name">1 to 32 of a-z, 0-9, '.' and '-'.</param>
    /// <param name="value">1 to 64 printable characters.</param>
    /// <exception cref="ArgumentException">It is no label, or one more than the run may have: nothing is
    /// added.</exception>
    public void Label(string name, string value) => _labels.Add(name, value);

    /// <summary>
    /// Keeps a value for the next attempt of this run, in place of the last one: where to go on from. Written as JSON
    /// of at most 32 KB into the run's record, one call each time; every heartbeat pays for the record's size, so keep
    /// it small. It is gone once the run has a result.
    /// </summary>
    /// <example><code>
    /// var sent = await job.ReadCheckpointAsync&lt;int&gt;(stop);              // 0 in the first attempt
    /// foreach (var letter in letters.Skip(sent))
    /// {
    ///     if (stop.IsCancellationRequested)
    ///     {
    ///         await job.SaveCheckpointAsync(sent, stop);                // written although stop has fired
    ///         stop.ThrowIfCancellationRequested();
    ///     }
    ///
    ///     await SendAsync(letter);
    ///     sent++;
    /// }
    /// </code></example>
    /// <param name="stop">
    /// The job's own <c>stop</c>: even after it fired the value is written, while there is time. Any other token
    /// cancels as usual.
    /// </param>
    /// <exception cref="ArgumentException">The value is above 32 KB.</exception>
    /// <exception cref="OperationCanceledException">A later launch has taken over the run, so nothing was written; or
    /// the time was over.</exception>
    public async Task SaveCheckpointAsync<T>(T value, CancellationToken stop)
    {
        var json = JobJson.Write(value);
        if (Encoding.UTF8.GetByteCount(json) is var size && size > MaxCheckpointBytes)
        {
            throw new ArgumentException(
                $"The checkpoint has {size:N0} bytes of JSON; at most {MaxCheckpointBytes:N0} fit into the run's " +
                "record. " +
                "Write the bulk of it with WriteAsync, and save the object's key as the checkpoint.",
                nameof(value));
        }

        if (await _checkpoints.SaveAsync(json, InTime(stop))) return;
        _stop.Supersede();
        throw new OperationCanceledException(
            $"A later launch has taken over run {Run}, so the checkpoint of launch {Launch} was not written.",
            _stop.Token);
    }

    /// <summary>
    /// What <see cref="SaveCheckpointAsync"/> kept last, in this attempt or an earlier one; null, or the type's
    /// default, when there is nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The checkpoint is not a <typeparamref name="T"/>: it was saved by
    /// another version of the job.</exception>
    public async Task<T?> ReadCheckpointAsync<T>(CancellationToken stop)
    {
        if (await _checkpoints.ReadAsync(InTime(stop)) is not { } json) return default;
        try
        {
            return JobJson.Read<T>(json);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException(
                $"The checkpoint of run {Run} is not a {typeof(T).Name}: {e.Message} Another version of the job " +
                "saved it; let new members of the type have defaults.", e);
        }
    }

    /// <summary>
    /// Submits runs of another job, which this one declares with <see cref="SubmitsAttribute{TJob}"/>: one for each
    /// input, many at once. An attempt that is repeated must submit the same inputs in the same order, and then starts
    /// none twice. They go on by themselves unless the job awaits them.
    /// </summary>
    /// <typeparam name="TJob">The other job's class.</typeparam>
    /// <param name="inputs">Each of the other job's input type, at most 256 KB of JSON; at most 10,000 children in a
    /// run.</param>
    /// <exception cref="ArgumentException">An input is of another type or too large, or there are too many.</exception>
    /// <exception cref="JobFailedException">An earlier attempt submitted another input in the place of one of these:
    /// nothing is sent.</exception>
    public Task SubmitAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] TJob>(
        IEnumerable<object> inputs, CancellationToken stop)
        where TJob : class => _children.SubmitAsync(typeof(TJob), inputs, stop);

    /// <summary>
    /// Ends this phase, for the job to throw: <c>throw job.AwaitChildren();</c>. The task ends and holds nothing; when
    /// all children have ended, whatever their ends, the run is launched again and <see cref="ChildrenAsync"/> has
    /// them. A checkpoint saved before is kept.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing was submitted in this phase.</exception>
    public ChildrenAwaitedException AwaitChildren() => _children.Await();

    /// <summary>
    /// The children of earlier phases, in the order in which they were submitted; none in the first phase.
    /// </summary>
    public Task<IReadOnlyList<Child>> ChildrenAsync(CancellationToken stop) => _children.EndedAsync(stop);

    /// <summary>The result of a child.</summary>
    /// <exception cref="InvalidOperationException">It has none, for it did not succeed; or it is not a
    /// <typeparamref name="T"/>.</exception>
    public async Task<T> ResultAsync<T>(Child child, CancellationToken stop)
    {
        var json = await _children.ResultAsync(RunId.Parse(child.Run), stop)
                ?? throw new InvalidOperationException(
                    $"Child {child.Run} has no result: it is {child.State}. Look at its State first.");
        try
        {
            return JobJson.Read<T>(json)!;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException(
                $"The result of child {child.Run} is not a {typeof(T).Name}: {e.Message}", e);
        }
    }

    private CancellationToken InTime(CancellationToken stop) => stop == _stop.Token ? _stop.Over : stop;
}
