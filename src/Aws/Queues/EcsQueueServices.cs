using Amazon.ECS;
using Amazon.ECS.Model;
using Jobs.Core;
using Jobs.Core.Backlog;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Aws.Queues;

/// <summary>The services of queues, through the ECS API.</summary>
/// <param name="stack">Name of the stack, with which the services' names begin.</param>
/// <param name="cluster">ARN of the cluster.</param>
public sealed class EcsQueueServices(Lazy<IAmazonECS> ecs, string stack, string cluster) : IQueueServices
{
    /// <exception cref="InvalidOperationException">The cluster has no such service.</exception>
    public async Task<ServiceReading> ReadAsync(string job, CancellationToken cancellation)
    {
        var name = Names.Service(stack, job);
        var answer = await ecs.Value.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = cluster, Services = [name] }, cancellation);
        return answer.Services is [{ DesiredCount: { } desired, RunningCount: { } running }, ..]
            ? new ServiceReading(desired, running)
            : throw new InvalidOperationException(
                $"The cluster has no service {name} " +
                $"({answer.Failures?.FirstOrDefault()?.Reason ?? "no reason given"}). Deploy the stack again.");
    }

    public Task WakeAsync(string job, CancellationToken cancellation) => ecs.Value.UpdateServiceAsync(
        new UpdateServiceRequest
        {
            Cluster = cluster,
            Service = Names.Service(stack, job),
            DesiredCount = 1,
        }, cancellation);
}
