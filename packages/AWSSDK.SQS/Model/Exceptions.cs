using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class QueueDoesNotExistException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public QueueDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class RequestThrottledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public RequestThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ReceiptHandleIsInvalidException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ReceiptHandleIsInvalidException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class MessageNotInflightException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public MessageNotInflightException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidIdFormatException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidIdFormatException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidMessageContentsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidMessageContentsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidAttributeNameException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidAttributeNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidAddressException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidAddressException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidSecurityException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidSecurityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class OverLimitException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public OverLimitException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class UnsupportedOperationException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public UnsupportedOperationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class BatchEntryIdsNotDistinctException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public BatchEntryIdsNotDistinctException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class BatchRequestTooLongException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public BatchRequestTooLongException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class EmptyBatchRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public EmptyBatchRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class TooManyEntriesInBatchRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public TooManyEntriesInBatchRequestException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class InvalidBatchEntryIdException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidBatchEntryIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsAccessDeniedException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsAccessDeniedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsDisabledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsDisabledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsInvalidKeyUsageException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsInvalidKeyUsageException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsInvalidStateException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsInvalidStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsOptInRequiredException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsOptInRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class KmsThrottledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public KmsThrottledException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}
