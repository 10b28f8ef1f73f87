using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class AccessDeniedException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public AccessDeniedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class BlockedException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public BlockedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ClientException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ClientException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ClusterNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ClusterNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ConflictException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ConflictException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>The tasks that the earlier call with the same client token started.</summary>
    public List<string> ResourceIds { get; set; }
}

public class InvalidParameterException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public InvalidParameterException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class LimitExceededException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public LimitExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class PlatformTaskDefinitionIncompatibilityException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public PlatformTaskDefinitionIncompatibilityException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class PlatformUnknownException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public PlatformUnknownException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ResourceNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ResourceNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ServerException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ServerException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ServiceNotActiveException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ServiceNotActiveException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class ServiceNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ServiceNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}

public class UnsupportedFeatureException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonECSException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public UnsupportedFeatureException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : this(message, null, errorType, errorCode, requestId, statusCode)
    {
    }
}
