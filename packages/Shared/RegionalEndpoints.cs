using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.Runtime.StandIn;

/// <summary>
/// Sends requests to the configured URL, or to <c>{service}.{region}.{suffix}</c> with the FIPS and dual-stack
/// variants. The URL comes from code, <c>AWS_ENDPOINT_URL_*</c>, <c>AWS_ENDPOINT_URL</c> or the profile:
/// <c>ClientConfig.ServiceURL</c> looks in all.
/// </summary>
internal sealed class RegionalEndpoints : BaseEndpointResolver, IEndpointProvider
{
    private readonly string _service;

    public RegionalEndpoints(string service) => _service = service;

    public static Endpoint Resolve(ClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, config.ServiceId)
        {
            AlternateEndpoint = parameters.AlternateEndpoint,
        };
        var context = new RequestContext(false)
        {
            ClientConfig = config,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return new RegionalEndpoints(config.RegionEndpointServiceName)
            .GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string url) return new Endpoint(url);
        if (parameters["Region"] is not string region)
            throw new AmazonClientException("Invalid Configuration: Missing Region");

        var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        if (parameters["UseDualStack"] is true) suffix = DualStackSuffix(suffix);
        var variant = parameters["UseFIPS"] is true ? "-fips" : "";
        return new Endpoint($"https://{_service}{variant}.{region}.{suffix}");
    }

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        var url = config.ServiceURL;
        var parameters = new EndpointParameters
        {
            ["Region"] = requestContext.Request.AlternateEndpoint?.SystemName
                ?? config.RegionEndpoint?.SystemName
                ?? SigningRegion(config, url),
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
        };
        if (!string.IsNullOrEmpty(url)) parameters["Endpoint"] = url;
        return parameters;
    }

    private static string SigningRegion(IClientConfig config, string url) =>
        string.IsNullOrEmpty(url) ? null
        : !string.IsNullOrEmpty(config.AuthenticationRegion) ? config.AuthenticationRegion
        : AWSSDKUtils.DetermineRegion(url);

    private static string DualStackSuffix(string suffix) => suffix switch
    {
        "amazonaws.com" => "api.aws",
        "amazonaws.com.cn" => "api.amazonwebservices.com.cn",
        _ =>
            throw new AmazonClientException(
                $"DualStack is enabled but the partition of {suffix} does not support DualStack"),
    };
}
