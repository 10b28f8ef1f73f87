namespace Jobs.Core;

/// <summary>
/// The canaries: jobs that come with the host and do what a verification of the stack asks for. Declared once, for the
/// host, the constructs and the command line.
/// </summary>
public static class CanaryNames
{
    /// <summary>Succeeds, fails, or waits until it is stopped, as its input says.</summary>
    public const string Canary = "canary";

    /// <summary>Reads what was uploaded.</summary>
    public const string OfUploads = "canary-upload";

    /// <summary>Takes messages from its queue.</summary>
    public const string OfQueue = "canary-queue";

    /// <summary>The first of them, on Fargate Spot.</summary>
    public const string OnSpot = "canary-spot";

    public static readonly IReadOnlyList<string> All = [Canary, OfUploads, OfQueue, OnSpot];

    /// <summary>Beginning and end of the keys whose upload starts <see cref="OfUploads"/>.</summary>
    public const string Prefix = "canary/";

    public const string Suffix = ".canary";

    /// <summary>The schedule of <see cref="Canary"/>, which is deployed switched off.</summary>
    public const string Schedule = "each-minute";

    /// <summary>Seconds between SIGTERM and SIGKILL.</summary>
    public const int StopTimeoutSeconds = 10;
}
