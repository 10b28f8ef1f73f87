namespace Jobs;

/// <summary>Who gets e-mails about one job, beside the runner's list.</summary>
/// <param name="Email">The address, which must confirm its subscription.</param>
public sealed record Recipient(string Email)
{
    /// <summary>What it is told of. Default Failure.</summary>
    public NotifyOn On { get; init; } = NotifyOn.Failure;

    /// <summary>Whether it is told what the runner's list is told of the job.</summary>
    public bool HearsOfFailure => On != NotifyOn.Success;

    /// <summary>Whether it is told of runs that succeed.</summary>
    public bool HearsOfSuccess => On != NotifyOn.Failure;
}
