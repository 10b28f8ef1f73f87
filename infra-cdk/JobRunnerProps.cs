using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.Logs;

namespace Jobs.Infra;

/// <summary>What all jobs of a runner share. Every property has a default.</summary>
public sealed record JobRunnerProps
{
    /// <summary>Who gets an e-mail when something needs an admin. Each address must confirm its subscription. Default none.</summary>
    public IReadOnlyList<string> AdminEmails { get; init; } = [];

    /// <summary>
    /// Where tasks run. Default null: a network of their own with two public subnets and no NAT gateway, where tasks have a
    /// public address and nothing may connect to them.
    /// </summary>
    public IVpc? Vpc { get; init; }

    /// <summary>Subnets of <see cref="Vpc"/>; ignored without it. Default null: its private subnets that reach the internet.</summary>
    public ISubnetSelection? Subnets { get; init; }

    /// <summary>CloudWatch Container Insights for the cluster, charged by metric. Default false.</summary>
    public bool ContainerInsights { get; init; }

    /// <summary>How long logs of jobs and functions are kept. Default a month.</summary>
    public RetentionDays LogRetention { get; init; } = RetentionDays.ONE_MONTH;

    /// <summary>
    /// What becomes of the bucket and the tables when the stack is deleted. Default RETAIN. With DESTROY, empty the bucket first:
    /// CloudFormation refuses to delete one that has objects.
    /// </summary>
    public RemovalPolicy RemovalPolicy { get; init; } = RemovalPolicy.RETAIN;

    /// <summary>Folder with the published functions. Default: <c>assets/functions</c> beside this assembly, where its build puts them.</summary>
    public string FunctionsFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "assets", "functions");
}
