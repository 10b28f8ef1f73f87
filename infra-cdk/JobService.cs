using Amazon.CDK.AWS.ECS;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Infra;

/// <summary>
/// The ECS service that takes a queue's messages. It has no desired count of its own: each deployment would set it back to that, whatever the
/// scaling had made of it.
/// </summary>
internal sealed class JobService : Construct
{
    public JobService(Job job, JobRunner runner, QueueTrigger queue, FargateTaskDefinition task)
        : base(job, "Service")
    {
        var declared = queue.Service ?? new QueueService();
        var service = new CfnService(this, "Service", new CfnServiceProps
        {
            ServiceName = Names.Service(runner.StackName, job.Definition.Name),
            Cluster = runner.Cluster.ClusterName,
            TaskDefinition = task.TaskDefinitionArn,
            // Always a strategy, never a launch type: a service cannot change from one to the other.
            CapacityProviderStrategy = new[] { Capacity(job.Definition) },
            NetworkConfiguration = NetworkOf(runner.Network),
            DeploymentConfiguration = Deployment(declared),
            EnableEcsManagedTags = true,
            PropagateTags = "TASK_DEFINITION",
        });
        WaitForWhatTasksNeed(service, job, runner);
        _ = new ServiceScaling(this, job, runner, queue, service);
    }

    private static CfnService.CapacityProviderStrategyItemProperty Capacity(JobDefinition job) =>
        new() { CapacityProvider = job.Spot ? "FARGATE_SPOT" : "FARGATE", Weight = 1 };

    private static CfnService.NetworkConfigurationProperty NetworkOf(Network network) => new()
    {
        AwsvpcConfiguration = new CfnService.AwsVpcConfigurationProperty
        {
            Subnets = network.Subnets,
            SecurityGroups = [network.SecurityGroup.SecurityGroupId],
            AssignPublicIp = network.AssignPublicIp,
        },
    };

    /// <summary>A deployment whose tasks do not start is taken back. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html</summary>
    private static CfnService.DeploymentConfigurationProperty Deployment(QueueService declared) => new()
    {
        MinimumHealthyPercent = declared.MinimumHealthyPercent,
        MaximumPercent = declared.MaximumPercent,
        DeploymentCircuitBreaker = new CfnService.DeploymentCircuitBreakerProperty { Enable = true, Rollback = true },
    };

    /// <summary>Runs are started long after deployment; the service's first task is started in the midst of it.</summary>
    private static void WaitForWhatTasksNeed(CfnService service, Job job, JobRunner runner)
    {
        service.Node.AddDependency(runner.Network.Connection);
        Amazon.CDK.Aspects.Of(service).Add(new Deferred(() =>
        {
            // CDK makes them only now, or when something is granted.
            service.Node.AddDependency([.. job.Policies, .. runner.CapacityProviders]);
        }));
    }
}
