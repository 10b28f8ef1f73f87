using Amazon.ECS;
using Amazon.ECS.Model;
using Jobs.Core.Engine;
using Jobs.Core.Tasks;

namespace Jobs.Aws.Ecs;

/// <summary>What ECS says of tasks by DescribeTasks.</summary>
/// <param name="ecs">Made when it is first asked.</param>
/// <param name="cluster">ARN of the cluster.</param>
public sealed class EcsTaskReadings(Lazy<IAmazonECS> ecs, string cluster) : ITaskReadings
{
    public async Task<IReadOnlyDictionary<string, TaskReading?>> DescribeAsync(
        IReadOnlyCollection<string> taskArns, CancellationToken cancellation)
    {
        var answer = await ecs.Value.DescribeTasksAsync(
            new DescribeTasksRequest { Cluster = cluster, Tasks = [.. taskArns] }, cancellation);
        var readings = (answer.Tasks ?? []).ToDictionary(task => task.TaskArn, TaskObservations.Read);
        // Any other failure leaves the task out: not known is not missing.
        foreach (var failure in (answer.Failures ?? []).Where(
            failure => failure.Reason == "MISSING" && failure.Arn is not null))
        {
            readings[failure.Arn] = null;
        }

        return readings;
    }
}
