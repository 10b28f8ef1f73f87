using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.StandIn;
using Amazon.Util.Internal;

namespace Amazon.ECS;

public class AmazonECSConfig : ClientConfig
{
    private static string _userAgent;

    public AmazonECSConfig()
        : base(ServiceDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpoints(RegionEndpointServiceName);
    }

    public static new string ServiceId => "ECS";

    public override string RegionEndpointServiceName => "ecs";

    public override string ServiceVersion => "2014-11-13";

    public override string UserAgent => _userAgent ??= InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpoints.Resolve(this, parameters);
}
