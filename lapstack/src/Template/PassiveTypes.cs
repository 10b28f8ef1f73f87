using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>
/// The types that only have to be there: networks (a laptop has one), roles and policies (Access reads them from the
/// stack), keys, dashboards. Each is listed: one that is not is left out aloud, or an error where it is needed.
/// </summary>
internal static class PassiveTypes
{
    private const string ZoneSuffix = "a";

    public static IReadOnlyList<IResourceType> All { get; } =
    [
        .. Network(),
        .. Identity(),
        Plain("AWS::Logs::MetricFilter"),
        Plain("AWS::Logs::QueryDefinition"),
        Plain("AWS::Logs::ResourcePolicy"),
        Plain("AWS::Events::EventBusPolicy"),
        Plain("AWS::S3::BucketPolicy"),
        Plain("AWS::SecretsManager::ResourcePolicy"),
        Plain("AWS::SQS::QueuePolicy"),
        Plain("AWS::SNS::TopicPolicy"),
        Plain("AWS::CDK::Metadata"),
        Plain("AWS::CloudWatch::Dashboard"),
        new PassiveType("AWS::KMS::Key", Key),
        new PassiveType("AWS::KMS::Alias", d => new(d.NameOr("AliasName"))),
        Named("AWS::ECR::Repository", "RepositoryName", "ecr", name => $"repository/{name}"),
    ];

    private static IEnumerable<PassiveType> Network() =>
    [
        new("AWS::EC2::VPC", d => new(
            Id("vpc", d),
            ("VpcId", Id("vpc", d)),
            ("CidrBlock", d.Text("CidrBlock") ?? "10.0.0.0/16"),
            ("DefaultSecurityGroup", Id("sg", d)),
            ("DefaultNetworkAcl", Id("acl", d)))),
        new("AWS::EC2::Subnet", d => new(
            Id("subnet", d),
            ("SubnetId", Id("subnet", d)),
            ("VpcId", d.Text("VpcId") ?? ""),
            ("CidrBlock", d.Text("CidrBlock") ?? ""),
            ("AvailabilityZone", d.Text("AvailabilityZone") ?? d.Account.Region + ZoneSuffix))),
        new(
            "AWS::EC2::SecurityGroup",
            d => new(Id("sg", d), ("GroupId", Id("sg", d)), ("VpcId", d.Text("VpcId") ?? ""))),
        new("AWS::EC2::RouteTable", d => new(Id("rtb", d), ("RouteTableId", Id("rtb", d)))),
        new("AWS::EC2::InternetGateway", d => new(Id("igw", d), ("InternetGatewayId", Id("igw", d)))),
        new("AWS::EC2::NatGateway", d => new(Id("nat", d), ("NatGatewayId", Id("nat", d)))),
        new("AWS::EC2::EIP", d => new("192.0.2.1", ("AllocationId", Id("eipalloc", d)), ("PublicIp", "192.0.2.1"))),
        new("AWS::EC2::VPCEndpoint", d => new(Id("vpce", d), ("Id", Id("vpce", d)))),
        Plain("AWS::EC2::Route"),
        Plain("AWS::EC2::SubnetRouteTableAssociation"),
        Plain("AWS::EC2::VPCGatewayAttachment"),
        Plain("AWS::EC2::SecurityGroupIngress"),
        Plain("AWS::EC2::SecurityGroupEgress"),
        Plain("AWS::EC2::FlowLog"),
        new(
            "AWS::EFS::FileSystem",
            d =>
                new(
                    Id("fs", d),
                    ("FileSystemId", Id("fs", d)),
                    ("Arn", d.Account.Arn("elasticfilesystem", $"file-system/{Id("fs", d)}")))),
        new("AWS::EFS::MountTarget", d => new(Id("fsmt", d), ("Id", Id("fsmt", d)))),
    ];

    private static IEnumerable<PassiveType> Identity() =>
    [
        new("AWS::IAM::Role", Role),
        new("AWS::IAM::Policy", d => new(d.NameOr("PolicyName", 128))),
        new("AWS::IAM::ManagedPolicy", d =>
        {
            var arn = $"arn:aws:iam::{d.Account.Id}:policy{d.Text("Path") ?? "/"}{d.NameOr("ManagedPolicyName", 128)}";
            return new(arn, ("PolicyArn", arn));
        }),
    ];

    private static ResourceIdentity Role(ResourceDeclaration d)
    {
        var name = d.NameOr("RoleName");
        var arn = $"arn:aws:iam::{d.Account.Id}:role{d.Text("Path") ?? "/"}{name}";
        return new(name, ("Arn", arn), ("RoleId", RoleId.Of(arn)));
    }

    private static ResourceIdentity Key(ResourceDeclaration d)
    {
        var id = Hash(d)[..32];
        var uuid = $"{id[..8]}-{id[8..12]}-{id[12..16]}-{id[16..20]}-{id[20..]}";
        return new(uuid, ("KeyId", uuid), ("Arn", d.Account.Arn("kms", $"key/{uuid}")));
    }

    private static PassiveType Plain(string type) =>
        new(type, d => new(PhysicalName.For(d.StackName, d.LogicalId, 128), new Dictionary<string, JsonNode>()));

    private static PassiveType Named(
        string type, string property, string service, Func<string, string> resource) => new(type, d =>
    {
        var name = d.NameOr(property, 256);
        return new(name, ("Arn", d.Account.Arn(service, resource(name))));
    });

    private static string Id(string prefix, ResourceDeclaration d) =>
        PhysicalName.Id(prefix, d.StackName, d.LogicalId);

    private static string Hash(ResourceDeclaration d) => PhysicalName.Hash(d.StackName, d.LogicalId);
}
