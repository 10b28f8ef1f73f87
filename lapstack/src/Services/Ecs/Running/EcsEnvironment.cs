using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;
namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// The variables Fargate gives every container.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-metadata.html
/// </summary>
internal sealed class EcsEnvironment(Account account, LapstackEndpoint endpoint, ExtraVariables extra)
{
    public void AddTo(
        Dictionary<string, string> variables,
        TaskRecord task,
        ContainerDefinition container,
        TaskCredentials credentials)
    {
        extra.AddTo(variables);
        var root = $"{endpoint.Base}{TaskEndpoints.Root}{credentials.Path}";
        variables["AWS_REGION"] = account.Region;
        variables["AWS_DEFAULT_REGION"] = account.Region;
        variables["AWS_EXECUTION_ENV"] = "AWS_ECS_FARGATE";
        variables["AWS_ENDPOINT_URL"] = endpoint.Base;
        variables["ECS_CONTAINER_METADATA_URI_V4"] = $"{root}/v4/{Uri.EscapeDataString(container.Name)}";
        variables["ECS_AGENT_URI"] = $"{root}/api";
        if (task.TaskRoleArn is null) return;
        // SDKs take the full address only with http on a loopback address, which this is.
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"{root}/credentials";
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = credentials.Token;
    }
}
