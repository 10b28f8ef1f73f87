namespace Lapstack.Services.Lambda;

/// <summary>
/// A queue whose messages go to a function in batches. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
/// </summary>
/// <param name="BatchSize">1 to 10,000; default 10.</param>
/// <param name="Window">How long a batch is gathered, 0 to 300 seconds; default 0.</param>
/// <param name="ReportsItemFailures">Whether the function names the messages that failed; otherwise a batch succeeds or
/// fails as a whole.</param>
/// <param name="IsEnabled">Whether it is polled.</param>
/// <param name="MaximumConcurrency">2 to 1,000; null: AWS begins with 5 batches at a time, and so does the
/// emulator.</param>
internal sealed record EventSource(
    string Id,
    string QueueArn,
    string FunctionName,
    int BatchSize,
    TimeSpan Window,
    bool ReportsItemFailures,
    int? MaximumConcurrency,
    bool IsEnabled = true);
