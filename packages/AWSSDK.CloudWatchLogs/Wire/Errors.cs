using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudWatchLogs.Model.Wire;

internal static class Errors
{
    /// <summary>A code that the operation does not declare becomes the base exception.</summary>
    public static AmazonServiceException Create(string operation, string code, ErrorResponse e, ReadOnlySpan<byte> body) =>
        code switch
        {
            "InvalidParameterException" =>
                new InvalidParameterException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ResourceNotFoundException" =>
                new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ServiceUnavailableException" =>
                new ServiceUnavailableException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            _ =>
                new AmazonCloudWatchLogsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        };
}
