using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.StandIn;

namespace Amazon.ECS.Model.Wire;

internal static class Errors
{
    /// <summary>A code that the operation does not declare, such as ThrottlingException, becomes the base exception.</summary>
    public static AmazonServiceException Create(string operation, string code, ErrorResponse e, ReadOnlySpan<byte> body) =>
        code switch
        {
            "AccessDeniedException" =>
                new AccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "BlockedException" when operation is "RunTask" =>
                new BlockedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ClientException" =>
                new ClientException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ClusterNotFoundException" when operation is not "DescribeTaskDefinition" =>
                new ClusterNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ConflictException" when operation is "RunTask" =>
                new ConflictException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { ResourceIds = ResourceIds(body) },
            "InvalidParameterException" =>
                new InvalidParameterException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "PlatformTaskDefinitionIncompatibilityException" when operation is "RunTask" or "UpdateService" =>
                new PlatformTaskDefinitionIncompatibilityException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "PlatformUnknownException" when operation is "RunTask" or "UpdateService" =>
                new PlatformUnknownException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ResourceNotFoundException" when operation is "UpdateTaskProtection" =>
                new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ServerException" =>
                new ServerException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ServiceNotFoundException" when operation is "ListTasks" or "UpdateService" =>
                new ServiceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ServiceNotActiveException" when operation is "UpdateService" =>
                new ServiceNotActiveException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "UnsupportedFeatureException" when operation is "RunTask" or "UpdateService" or "UpdateTaskProtection" =>
                new UnsupportedFeatureException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            _ =>
                new AmazonECSException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        };

    private static List<string> ResourceIds(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        List<string> ids = null;
        json.Read();
        while (json.NextMember(out var name))
        {
            if (name == "resourceIds") ids = json.Strings();
            else json.Skip();
        }
        return ids;
    }
}
