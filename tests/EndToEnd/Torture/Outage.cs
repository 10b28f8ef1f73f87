using Amazon.Runtime;

namespace Jobs.Tests.EndToEnd.Torture;

internal static class Outage
{
    /// <summary>Whether a call failed because the laptop, or a part of it, was just not there.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        AmazonServiceException { StatusCode: var status } => status == 0 || (int)status >= 500,
        AmazonClientException or HttpRequestException or IOException or OperationCanceledException => true,
        _ => false,
    };
}
