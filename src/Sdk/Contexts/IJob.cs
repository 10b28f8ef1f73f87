namespace Jobs;

/// <summary>
/// A job: one method that turns an input into a result. Every concrete class that implements this is a job of its
/// assembly; <see cref="JobAttribute"/> and its companions say how it runs and what starts it.
/// </summary>
/// <example><code>
/// [OnUpload("incoming/", Suffix = ".txt")]
/// public sealed class LineCount : IJob&lt;Upload, LineCount.Counted&gt;
/// {
///     public sealed record Counted(long Lines);
///
///     public async Task&lt;Counted&gt; RunAsync(Upload upload, JobContext job, CancellationToken stop)
///     {
///         using var text = new StreamReader(await job.OpenAsync(upload, stop));
///         long lines = 0;
///         while (await text.ReadLineAsync(stop) is not null) lines++;
///         return new(lines);
///     }
/// }
/// </code></example>
/// <typeparam name="TInput">What every trigger of the job produces, read from JSON: <see cref="Upload"/> for a job that
/// uploads start.</typeparam>
/// <typeparam name="TResult">What the run records, written as JSON in camel case. Above 32 KB it goes to
/// S3.</typeparam>
public interface IJob<TInput, TResult>
{
    /// <summary>
    /// Does the work. A run may be attempted more than once, so what it writes should be the same when repeated.
    /// Throw <see cref="JobFailedException"/> when this input can never succeed; any other exception is retried.
    /// </summary>
    /// <param name="input">What the trigger gave.</param>
    /// <param name="job">The run: progress, objects, log, time left.</param>
    /// <param name="stop">
    /// Fires when the attempt must end, whatever the reason; <see cref="JobContext.Interrupted"/> says why and
    /// <see cref="JobContext.TimeLeft"/> how long there is for a checkpoint.
    /// </param>
    Task<TResult> RunAsync(TInput input, JobContext job, CancellationToken stop);
}
