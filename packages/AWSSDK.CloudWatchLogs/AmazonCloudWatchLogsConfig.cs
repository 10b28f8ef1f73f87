using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.StandIn;
using Amazon.Util.Internal;

namespace Amazon.CloudWatchLogs;

public class AmazonCloudWatchLogsConfig : ClientConfig
{
    private static string _userAgent;

    public AmazonCloudWatchLogsConfig()
        : base(ServiceDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpoints(RegionEndpointServiceName);
    }

    public static new string ServiceId => "CloudWatch Logs";

    public override string RegionEndpointServiceName => "logs";

    public override string ServiceVersion => "2014-03-28";

    public override string UserAgent => _userAgent ??= InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpoints.Resolve(this, parameters);
}
