using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class NetworkTests
{
    [Fact]
    public void Own_network_has_public_subnets_free_gateways_and_no_way_in()
    {
        var template = Shapes.Typical.Template;

        Assert.Equal(2, template.OfType("AWS::EC2::Subnet").Count());
        Assert.Empty(template.OfType("AWS::EC2::NatGateway"));
        Assert.Equal(
            ["com.amazonaws.<AWS::Region>.dynamodb", "com.amazonaws.<AWS::Region>.s3"],
            template.OfType("AWS::EC2::VPCEndpoint")
                .Select(endpoint => endpoint["ServiceName"])
                .Order(StringComparer.Ordinal));
        Assert.Null(template.Named("JobsSecurityGroup")["SecurityGroupIngress"]);
    }

    [Fact]
    public void Cluster_offers_Fargate_and_Spot_and_costs_nothing_by_itself()
    {
        var template = Shapes.Typical.Template;

        Assert.Equal(
            "FARGATE, FARGATE_SPOT",
            Assert.Single(template.OfType("AWS::ECS::ClusterCapacityProviderAssociations"))["CapacityProviders"]);
        Assert.Equal(
            "{Name: containerInsights, Value: disabled}",
            Assert.Single(template.OfType("AWS::ECS::Cluster"))["ClusterSettings"]);
    }

    [Fact]
    public void Given_network_is_used_with_its_private_subnets_and_no_public_address()
    {
        var template = InGivenNetwork(null);

        Assert.Empty(template.OfType("AWS::EC2::VPC"));
        var variables = Variables(template);
        Assert.Equal("subnet-private-1,subnet-private-2", variables(EnvironmentNames.Subnets));
        Assert.Equal("DISABLED", variables(EnvironmentNames.AssignPublicIp));
        Assert.Equal("vpc-given", template.Named("JobsSecurityGroup")["VpcId"]);
    }

    [Fact]
    public void Given_public_subnets_get_public_addresses()
    {
        var variables = Variables(InGivenNetwork(new SubnetSelection { SubnetType = SubnetType.PUBLIC }));

        Assert.Equal("subnet-public-1,subnet-public-2", variables(EnvironmentNames.Subnets));
        Assert.Equal("ENABLED", variables(EnvironmentNames.AssignPublicIp));
    }

    [Theory]
    [InlineData(null, "Set Subnets = new SubnetSelection { SubnetType = SubnetType.PUBLIC }")]
    [InlineData(SubnetType.PRIVATE_WITH_EGRESS, "Select those that it has.")]
    [InlineData(SubnetType.PRIVATE_ISOLATED, "Select those that it has.")]
    public void Network_without_the_subnets_to_run_in_is_refused_with_the_remedy(SubnetType? type, string remedy)
    {
        var refused = Assert.ThrowsAny<Exception>(() => Synthesis.Of(
            (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
            stack => Synthesis.AnyRunner with
            {
                Vpc = Vpc.FromVpcAttributes(stack, "Given", new VpcAttributes
                {
                    VpcId = "vpc-given",
                    AvailabilityZones = ["eu-west-1a"],
                    PublicSubnetIds = ["subnet-public-1"],
                }),
                Subnets = type is { } only ? new SubnetSelection { SubnetType = only } : null,
            }));

        Assert.StartsWith("Error: Validation failed", refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    private static Template InGivenNetwork(SubnetSelection? subnets) => Synthesis.Of(
        (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
        stack => Synthesis.AnyRunner with { Vpc = Given(stack), Subnets = subnets }).Template;

    private static IVpc Given(Stack stack) => Vpc.FromVpcAttributes(stack, "Given", new VpcAttributes
    {
        VpcId = "vpc-given",
        AvailabilityZones = ["eu-west-1a", "eu-west-1b"],
        PublicSubnetIds = ["subnet-public-1", "subnet-public-2"],
        PrivateSubnetIds = ["subnet-private-1", "subnet-private-2"],
    });

    private static Func<string, string> Variables(Template template)
    {
        var variables = template.Named("JobsFunctionsOnUploadFunction").Properties["Environment"]!["Variables"]!;
        return name => Readable.Text(variables[name]);
    }
}
