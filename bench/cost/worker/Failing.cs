using System.Globalization;

namespace Jobs.Bench.CostWorker;

/// <summary>
/// Fails in each of its three attempts. The upload's name says with which of four errors, so that each run is an
/// alert of its own.
/// </summary>
[OnUpload("failing/")]
[Retry(Attempts = 3, BackoffSeconds = 1)]
public sealed class Failing : IJob<Upload, string>
{
    public Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop) =>
        Task.FromException<string>(ErrorOf(int.Parse(Path.GetFileName(input.Key), CultureInfo.InvariantCulture)));

    private static Exception ErrorOf(int run) => (run % 4) switch
    {
        0 => new InvalidOperationException("The customer list has no header."),
        1 => new TimeoutException("The customer list took too long."),
        2 => new FormatException("The customer list has a line that is none."),
        _ => new NotSupportedException("The customer list is encrypted."),
    };
}
