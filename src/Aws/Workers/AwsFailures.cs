using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Jobs.Core.Objects;
using Jobs.Core.Workers;

namespace Jobs.Aws.Workers;

/// <summary>Sorts what the SDK throws once its own retries are used up.</summary>
public static class AwsFailures
{
    private static readonly string[] ThrottleWords =
    [
        "Throttl", "ProvisionedThroughputExceeded", "RequestLimitExceeded", "SlowDown", "TooManyRequests",
        "RequestTimeout", "BandwidthLimitExceeded",
    ];

    /// <summary>
    /// Whether there was no answer of AWS to speak of: the network, a timeout, a failing service, a throttle, no
    /// credentials. Such a call may succeed later, and no program is at fault.
    /// </summary>
    /// <param name="e">Not the caller's own cancellation, which looks like a timeout.</param>
    public static bool IsOutage(Exception e) => e switch
    {
        AwsUnavailableException or ObjectGoneException or ObjectChangedException => false,
        AmazonServiceException service => (int)service.StatusCode is 0 or 408 or 429 or >= 500
            || ThrottleWords.Any(word => service.ErrorCode?.Contains(word, StringComparison.Ordinal) == true),
        AmazonClientException or HttpRequestException or HttpIOException or SocketException => true,
        TimeoutException or OperationCanceledException or EndOfStreamException => true,
        IOException { InnerException: { } inner } => IsOutage(inner),
        _ => false,
    };

    /// <summary>
    /// Whether a permission was wanting, which for some minutes after a deployment may only not be visible yet. S3 says
    /// the same of objects that are not there, to who may not list them.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
    /// </summary>
    public static bool IsDenial(Exception e) => e switch
    {
        UnauthorizedAccessException => true,
        AmazonServiceException service => service.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
            || service.ErrorCode is "UnrecognizedClientException"
            || service.ErrorCode?.Contains("AccessDenied", StringComparison.Ordinal) == true,
        _ => false,
    };
}
