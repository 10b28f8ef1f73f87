using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Constructs;

namespace Jobs.Cdk.Commons;

/// <summary>Where tasks run: in the given network, or in one of their own.</summary>
internal sealed class Network
{
    private const string NoPrivateSubnets =
        "Without Subnets, tasks run in the private subnets of Vpc that reach the internet, and it has none. " +
        "Set Subnets = new SubnetSelection { SubnetType = SubnetType.PUBLIC }, where tasks get public addresses; " +
        "or give a Vpc with private subnets and a NAT gateway.";

    /// <summary>How CDK begins to say that a selection is empty.</summary>
    private const string NoSuchSubnets = "Error: There are no ";

    private readonly ISelectedSubnets _subnets;

    public Network(Construct scope, JobRunnerProps props)
    {
        Vpc = props.Vpc ?? CreateVpc(scope);
        (_subnets, Error) = Select(props);
        SecurityGroups = props.SecurityGroups.Count > 0
            ? [.. props.SecurityGroups.Select(group => group.SecurityGroupId)]
            : [CreateSecurityGroup(scope, Vpc).SecurityGroupId];
    }

    public IVpc Vpc { get; }

    /// <summary>Ids of the tasks' security groups.</summary>
    public string[] SecurityGroups { get; }

    public string[] Subnets => _subnets.SubnetIds;

    /// <summary>Comma-separated.</summary>
    public string SubnetIds => Fn.Join(",", Subnets);

    /// <summary>What must be there before a task reaches anything.</summary>
    public IDependable Connection => _subnets.InternetConnectivityEstablished;

    /// <summary>In a public subnet a task without a public address cannot even pull its image.</summary>
    public string AssignPublicIp => _subnets.HasPublic ? "ENABLED" : "DISABLED";

    /// <summary>Why there are no subnets to run in; null when there are.</summary>
    public string? Error { get; }

    /// <summary>
    /// Where there are none, all of them take their place, so that synthesis comes to where errors are told.
    /// </summary>
    private (ISelectedSubnets Subnets, string? Error) Select(JobRunnerProps props)
    {
        if (props.Vpc is not null && props.Subnets is null && Vpc.PrivateSubnets.Length == 0)
        {
            return (All(), NoPrivateSubnets);
        }

        try
        {
            return (Vpc.SelectSubnets(Selection(props)), null);
        }
        catch (Exception e) when (e.Message.StartsWith(NoSuchSubnets, StringComparison.Ordinal))
        {
            return (
                All(),
                $"Subnets selects subnets of Vpc, and selects none ({e.Message.Split('\n')[0]}). Select those that " +
                "it has.");
        }
    }

    private ISelectedSubnets All() => Vpc.SelectSubnets(
        new SubnetSelection { Subnets = [.. Vpc.PublicSubnets, .. Vpc.PrivateSubnets, .. Vpc.IsolatedSubnets] });

    private static ISubnetSelection Selection(JobRunnerProps props) => props switch
    {
        { Vpc: null } => new SubnetSelection { SubnetType = SubnetType.PUBLIC },
        { Subnets: { } given } => given,
        _ => new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS },
    };

    private static SecurityGroup CreateSecurityGroup(Construct scope, IVpc vpc) =>
        new(scope, "SecurityGroup", new SecurityGroupProps
        {
            Vpc = vpc,
            Description = "Tasks of the job runner: anything out, nothing in.",
            AllowAllOutbound = true,
        });

    /// <summary>
    /// Public subnets, because a NAT gateway would cost more than most jobs; S3 and DynamoDB by their free gateways.
    /// </summary>
    private static Vpc CreateVpc(Construct scope) => new(scope, "Vpc", new VpcProps
    {
        MaxAzs = 2,
        NatGateways = 0,
        // True would add a function of CDK's own.
        RestrictDefaultSecurityGroup = false,
        SubnetConfiguration =
        [
            new SubnetConfiguration { Name = "Public", SubnetType = SubnetType.PUBLIC, MapPublicIpOnLaunch = false },
        ],
        GatewayEndpoints = new Dictionary<string, IGatewayVpcEndpointOptions>
        {
            ["S3"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 },
            ["DynamoDB"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB },
        },
    });
}
