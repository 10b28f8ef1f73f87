using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;

namespace Jobs.Cdk.Commons;

/// <summary>Where tasks run: the cluster and its network.</summary>
internal sealed class Compute
{
    public Compute(Construct scope, JobRunnerProps props)
    {
        Network = new Network(scope, props);
        IsGiven = props.Cluster is not null;
        Cluster = props.Cluster ?? new Cluster(scope, "Cluster", new ClusterProps
        {
            Vpc = Network.Vpc,
            ContainerInsights = props.ContainerInsights == ContainerInsightsMode.Standard,
        });
        if (props.ContainerInsights == ContainerInsightsMode.Enhanced) Enhance(Cluster);
        // One that the app makes, here or elsewhere; of any other it is its owner's.
        if (Cluster is Cluster made) made.EnableFargateCapacityProviders();
    }

    public Network Network { get; }

    public ICluster Cluster { get; }

    /// <summary>Others' tasks may run in it too.</summary>
    public bool IsGiven { get; }

    /// <summary>That the cluster has Fargate and Fargate Spot. CDK makes it when synthesis begins.</summary>
    public IEnumerable<IConstruct> CapacityProviders =>
        Cluster.Node.FindAll().OfType<CfnClusterCapacityProviderAssociations>();

    /// <summary>ARN pattern of every task of the cluster.</summary>
    public string AnyTask => ArnOf("task", "*");

    /// <summary>CDK's own property is of newer versions.</summary>
    private static void Enhance(ICluster cluster) => ((CfnCluster)cluster.Node.DefaultChild!).ClusterSettings =
        new[] { new CfnCluster.ClusterSettingsProperty { Name = "containerInsights", Value = "enhanced" } };

    /// <summary>ARN of what ECS names by the cluster.</summary>
    /// <param name="resource"><c>task</c> or <c>service</c>.</param>
    /// <param name="name">Its name, or a pattern of names.</param>
    public string ArnOf(string resource, string name) => Stack.Of(Cluster).FormatArn(
        new ArnComponents { Service = "ecs", Resource = resource, ResourceName = $"{Cluster.ClusterName}/{name}" });
}
