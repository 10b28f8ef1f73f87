namespace Lapstack.Services.Lambda;

/// <summary>
/// What becomes of asynchronous events of a function.
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
/// </summary>
internal sealed record EventInvokeSettings
{
    /// <summary>0 to 2; default 2.</summary>
    public int MaximumRetryAttempts { get; init; } = 2;

    /// <summary>60 seconds to 6 hours; default 6 hours.</summary>
    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The ARN of a standard queue or topic; null for none.</summary>
    public string? OnFailureArn { get; init; }

    public string? OnSuccessArn { get; init; }
}
