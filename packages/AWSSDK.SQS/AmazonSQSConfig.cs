using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.StandIn;
using Amazon.Util.Internal;

namespace Amazon.SQS;

public class AmazonSQSConfig : ClientConfig
{
    private static string _userAgent;

    public AmazonSQSConfig()
        : base(ServiceDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpoints(RegionEndpointServiceName);
    }

    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => _userAgent ??= InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpoints.Resolve(this, parameters);
}
