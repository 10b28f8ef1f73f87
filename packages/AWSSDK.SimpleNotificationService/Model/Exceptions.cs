using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public class InvalidParameterException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidParameterException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidParameterValueException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidParameterValueException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InternalErrorException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InternalErrorException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class NotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public NotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class EndpointDisabledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public EndpointDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class PlatformApplicationDisabledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public PlatformApplicationDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class AuthorizationErrorException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public AuthorizationErrorException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KMSDisabledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KMSDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KMSInvalidStateException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KMSInvalidStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KMSNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KMSNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KMSOptInRequiredException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KMSOptInRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KMSThrottlingException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KMSThrottlingException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KMSAccessDeniedException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KMSAccessDeniedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidSecurityException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidSecurityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ValidationException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSimpleNotificationServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ValidationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}
