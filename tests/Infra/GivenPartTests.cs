using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>A runner that is given parts which are there already.</summary>
public sealed class GivenPartTests
{
    private const string ClusterArn = "arn:aws:ecs:eu-west-1:123456789012:cluster/shared";
    private const string TopicArn = "arn:aws:sns:eu-west-1:123456789012:ops";
    private const string KeyArn = "arn:aws:kms:eu-west-1:123456789012:key/0b0b0b0b";

    private static readonly Lazy<Template> LazyOthers = new(() => Synthesize(stack => Synthesis.AnyRunner with
    {
        AdminEmails = ["ops@example.com"],
        Vpc = GivenVpc(stack),
        SecurityGroups =
        [
            SecurityGroup.FromSecurityGroupId(stack, "One", "sg-1"),
            SecurityGroup.FromSecurityGroupId(stack, "Two", "sg-2"),
        ],
        Bucket = Bucket.FromBucketName(stack, "GivenBucket", "acme-data"),
        Cluster = Cluster.FromClusterAttributes(stack, "GivenCluster", new ClusterAttributes
        {
            ClusterName = "shared",
            ClusterArn = ClusterArn,
            Vpc = Vpc.FromVpcAttributes(
                stack, "ClusterVpc", new VpcAttributes { VpcId = "vpc-given", AvailabilityZones = ["eu-west-1a"] }),
        }),
        AlertTopic = Topic.FromTopicArn(stack, "GivenTopic", TopicArn),
        Key = Key.FromKeyArn(stack, "GivenKey", KeyArn),
        DeletionProtection = true,
    }));

    private static Template Others => LazyOthers.Value;

    [Fact]
    public void What_is_given_is_not_made() => Assert.DoesNotContain(Others.Resources, resource => resource.Type
        is "AWS::S3::Bucket" or "AWS::ECS::Cluster" or "AWS::SNS::Topic" or "AWS::KMS::Key" or "AWS::EC2::VPC"
        or "AWS::EC2::SecurityGroup" or "AWS::ECS::ClusterCapacityProviderAssociations");

    [Fact]
    public void Functions_and_services_work_with_what_is_given()
    {
        var variables = Others.Named("JobsFunctionsOnUploadFunction").Properties["Environment"]!["Variables"]!;

        Assert.Equal("acme-data", Readable.Text(variables[EnvironmentNames.Bucket]));
        Assert.Equal(ClusterArn, Readable.Text(variables[EnvironmentNames.Cluster]));
        Assert.Equal("sg-1,sg-2", Readable.Text(variables[EnvironmentNames.SecurityGroups]));
        Assert.Equal(TopicArn, Readable.Text(variables[EnvironmentNames.AlertTopic]));
        Assert.Contains(
            "SecurityGroups: sg-1, sg-2",
            Assert.Single(Others.OfType("AWS::ECS::Service"))["NetworkConfiguration"],
            StringComparison.Ordinal);
        Assert.Equal(TopicArn, Assert.Single(Others.OfType("AWS::SNS::Subscription"))["TopicArn"]);
    }

    [Fact]
    public void Stopped_tasks_of_others_in_the_cluster_are_not_heard_of() => Assert.Equal(
        "{source: aws.ecs, detail-type: ECS Task State Change, detail: {clusterArn: " + ClusterArn +
        ", lastStatus: STOPPED, group: {prefix: family:jobs_}}}",
        Others.Named("JobsFunctionsTaskStopped")["EventPattern"]);

    [Fact]
    public void Tables_are_encrypted_with_the_key_and_protected() => Assert.All(
        Others.OfType("AWS::DynamoDB::Table"),
        table =>
        {
            Assert.Equal($"{{KMSMasterKeyId: {KeyArn}, SSEEnabled: true, SSEType: KMS}}", table["SSESpecification"]);
            Assert.Equal("true", table["DeletionProtectionEnabled"]);
        });

    [Theory]
    [InlineData("JobsanyTaskRole")]
    [InlineData("JobsFunctionsOnTickRole")]
    public void Roles_use_the_key_by_DynamoDB_and_S3_only(string role)
    {
        var use = Readable.Statements(Others, Others.Named(role))
            .Single(statement => statement["Sid"]?.ToString() == "UseKeys");

        Assert.Equal(KeyArn, Readable.Text(use["Resource"]));
        Assert.Equal(
            "{StringEquals: {kms:ViaService: dynamodb.<AWS::Region>.amazonaws.com, " +
            "s3.<AWS::Region>.amazonaws.com}}",
            Readable.Text(use["Condition"]));
    }

    [Fact]
    public void What_only_the_owner_can_set_is_put_out_as_the_command()
    {
        Assert.Equal(
            ["JobsPrepareAlertTopic", "JobsPrepareBucket", "JobsPrepareCluster", "JobsPrepareKey"],
            Prepared(Others));
        Assert.Equal(BucketEvents.SwitchOn("acme-data"), Output(Others, "JobsPrepareBucket"));
        Assert.Equal(PrepareLines.OfferFargate("shared"), Output(Others, "JobsPrepareCluster"));
        Assert.Equal(
            PrepareLines.LetAlarmsPublish(TopicArn, "<AWS::AccountId>"), Output(Others, "JobsPrepareAlertTopic"));
        Assert.Equal(PrepareLines.LetAlarmsEncrypt(KeyArn, "<AWS::AccountId>"), Output(Others, "JobsPrepareKey"));
        Assert.Equal(KeyArn, Output(Others, OutputNames.Key));
    }

    [Fact]
    public void Parts_that_the_app_makes_itself_are_set_by_the_template()
    {
        var template = Synthesize(stack => Synthesis.AnyRunner with
        {
            Bucket = new Bucket(stack, "Mine"),
            Cluster = new Cluster(stack, "MyCluster"),
            AlertTopic = new Topic(stack, "MyTopic"),
            Key = new Key(stack, "MyKey"),
        });

        Assert.Empty(Prepared(template));
        Assert.Equal(
            "{EventBridgeConfiguration: {EventBridgeEnabled: true}}",
            template.Named("Mine")["NotificationConfiguration"]);
        Assert.Equal(
            "FARGATE, FARGATE_SPOT",
            Assert.Single(template.OfType("AWS::ECS::ClusterCapacityProviderAssociations"))["CapacityProviders"]);
        Assert.Contains("AlarmsPublish", template.PolicyOn("AWS::SNS::TopicPolicy", "MyTopic").Select(
            statement => statement["Sid"]?.ToString()));
        Assert.Contains("AlarmsEncrypt", template.Named("MyKey")["KeyPolicy"], StringComparison.Ordinal);
    }

    [Fact]
    public void Bucket_of_the_runners_own_has_the_key_and_writes_its_access_logs()
    {
        var template = Synthesize(stack => Synthesis.AnyRunner with
        {
            Key = new Key(stack, "MyKey"),
            AccessLogs = new Bucket(stack, "Logs"),
        });
        var bucket = template.Named("JobsBucket");

        Assert.Equal("{DestinationBucketName: <Logs>, LogFilePrefix: jobs/}", bucket["LoggingConfiguration"]);
        Assert.Contains("KMSMasterKeyID: <MyKey.Arn>", bucket["BucketEncryption"], StringComparison.Ordinal);
        Assert.Equal("<MyKey.Arn>", template.Named("JobsAlertsTopic")["KmsMasterKeyId"]);
        Assert.Single(template.OfType("AWS::KMS::Key"));
    }

    [Theory]
    [InlineData("groups", "Set Vpc, or leave them out.")]
    [InlineData("insights", "aws ecs update-cluster-settings")]
    [InlineData("logs", "aws s3api put-bucket-logging")]
    [InlineData("protection", "Set one of them.")]
    public void What_the_runner_cannot_set_is_refused_with_the_remedy(string what, string remedy)
    {
        var refused = Assert.ThrowsAny<Exception>(() => Synthesize(stack => what switch
        {
            "groups" => Synthesis.AnyRunner with
            {
                SecurityGroups = [SecurityGroup.FromSecurityGroupId(stack, "One", "sg-1")],
            },
            "insights" => Synthesis.AnyRunner with
            {
                Cluster = new Cluster(stack, "MyCluster"),
                ContainerInsights = ContainerInsightsMode.Standard,
            },
            "logs" => Synthesis.AnyRunner with
            {
                Bucket = new Bucket(stack, "Mine"),
                AccessLogs = new Bucket(stack, "Logs"),
            },
            _ => Synthesis.AnyRunner with { DeletionProtection = true, RemovalPolicy = RemovalPolicy.DESTROY },
        }));

        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    private static Template Synthesize(Func<Stack, JobRunnerProps> props) => Synthesis.Of(
        (_, runner) =>
        {
            runner.AddJob(new JobDefinition("any") { Uploads = [new UploadTrigger("in/")] }, Shapes.AnyImage);
            runner.AddJob(
                new JobDefinition("serve") { Queue = new QueueTrigger { Mode = QueueMode.Service } }, Shapes.AnyImage);
        },
        props).Template;

    private static IVpc GivenVpc(Stack stack) => Vpc.FromVpcAttributes(stack, "Given", new VpcAttributes
    {
        VpcId = "vpc-given",
        AvailabilityZones = ["eu-west-1a", "eu-west-1b"],
        PrivateSubnetIds = ["subnet-1", "subnet-2"],
    });

    private static IEnumerable<string> Prepared(Template template) => template.Json["Outputs"]!.AsObject()
        .Select(output => output.Key)
        .Where(name => name.StartsWith(OutputNames.PreparePrefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Output(Template template, string name) =>
        Readable.Text(template.Json["Outputs"]![name]!["Value"]);
}
