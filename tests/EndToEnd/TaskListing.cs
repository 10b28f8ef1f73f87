using Amazon.ECS;
using Amazon.ECS.Model;

namespace Jobs.Tests.EndToEnd;

internal static class TaskListing
{
    /// <summary>Every task of a cluster that ECS still knows, page by page.</summary>
    public static async Task<IReadOnlyList<Amazon.ECS.Model.Task>> TasksAsync(this AmazonECSClient ecs, string cluster)
    {
        var tasks = new List<Amazon.ECS.Model.Task>();
        foreach (var status in new[] { DesiredStatus.RUNNING, DesiredStatus.STOPPED })
        {
            var request = new ListTasksRequest { Cluster = cluster, DesiredStatus = status };
            do
            {
                var page = await ecs.ListTasksAsync(request);
                request.NextToken = page.NextToken;
                if (page.TaskArns is not { Count: > 0 } arns) continue;
                var described = await ecs.DescribeTasksAsync(
                    new DescribeTasksRequest { Cluster = cluster, Tasks = arns });
                tasks.AddRange(described.Tasks);
            }
            while (request.NextToken is not null);
        }

        return tasks;
    }
}
