using Amazon.Runtime.Internal;

namespace Amazon.Runtime.StandIn;

internal static class PipelineSetup
{
    /// <summary>
    /// What each service adds to Core's pipeline: after marshalling, choose the signer, then the endpoint.
    /// </summary>
    public static void ForService(this RuntimePipeline pipeline, string endpointPrefix)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpoints(endpointPrefix));
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Only());
    }
}
