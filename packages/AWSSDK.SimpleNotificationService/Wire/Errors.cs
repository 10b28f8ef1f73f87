using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SimpleNotificationService.Model.Wire;

internal static class Errors
{
    /// <summary>The codes on the wire are not the exceptions' names; one that Publish does not declare becomes the base exception.</summary>
    public static AmazonServiceException Create(ErrorResponse e) =>
        e.Code switch
        {
            "InvalidParameter" =>
                new InvalidParameterException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ParameterValueInvalid" =>
                new InvalidParameterValueException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InternalError" =>
                new InternalErrorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "NotFound" =>
                new NotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "EndpointDisabled" =>
                new EndpointDisabledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "PlatformApplicationDisabled" =>
                new PlatformApplicationDisabledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "AuthorizationError" =>
                new AuthorizationErrorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidSecurity" =>
                new InvalidSecurityException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KMSDisabled" =>
                new KMSDisabledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KMSInvalidState" =>
                new KMSInvalidStateException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KMSNotFound" =>
                new KMSNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KMSThrottling" =>
                new KMSThrottlingException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KMSAccessDenied" =>
                new KMSAccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KMSOptInRequired" =>
                new KMSOptInRequiredException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ValidationException" =>
                new ValidationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            _ =>
                new AmazonSimpleNotificationServiceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        };
}
