using Amazon.CDK;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class StorageTests
{
    private static Template Template => Shapes.Typical.Template;

    /// <summary>A changed logical id replaces the resource and leaves its contents behind.</summary>
    [Theory]
    [InlineData("AWS::S3::Bucket", "JobsBucket264FE5C6")]
    [InlineData("AWS::DynamoDB::Table", "JobsRunsTable4B2BA675", "JobsResultsTableB724138D")]
    public void Stateful_resources_keep_their_logical_ids_and_outlive_a_stack_that_was_made(
        string type, params string[] ids)
    {
        Assert.Equal(ids, Template.OfType(type).Select(resource => resource.Id));
        Assert.All(Template.OfType(type), resource =>
        {
            Assert.Equal("RetainExceptOnCreate", Readable.Text(resource.Declaration["DeletionPolicy"]));
            Assert.Equal("Retain", Readable.Text(resource.Declaration["UpdateReplacePolicy"]));
        });
    }

    [Fact]
    public void Stateful_resources_go_with_the_stack_when_asked()
    {
        var template = Synthesis.Of(
            (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
            _ => Synthesis.AnyRunner with { RemovalPolicy = RemovalPolicy.DESTROY }).Template;

        Assert.All(
            [.. template.OfType("AWS::S3::Bucket"), .. template.OfType("AWS::DynamoDB::Table")],
            resource => Assert.Equal("Delete", Readable.Text(resource.Declaration["DeletionPolicy"])));
    }

    [Fact]
    public void Bucket_is_versioned_encrypted_private_and_tells_EventBridge()
    {
        var bucket = Template.Named("JobsBucket");

        Assert.Equal("{Status: Enabled}", bucket["VersioningConfiguration"]);
        Assert.Equal(
            "{ServerSideEncryptionConfiguration: {ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}}",
            bucket["BucketEncryption"]);
        Assert.Equal(
            "{BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}",
            bucket["PublicAccessBlockConfiguration"]);
        Assert.Equal("{EventBridgeConfiguration: {EventBridgeEnabled: true}}", bucket["NotificationConfiguration"]);
    }

    [Fact]
    public void Bucket_forgets_machinery_old_versions_and_unfinished_uploads() =>
        Assert.Equal(
            "{Rules: {ExpirationInDays: 90, Id: machinery, Prefix: _jobs/, Status: Enabled}, " +
            "{AbortIncompleteMultipartUpload: {DaysAfterInitiation: 7}, Id: old-versions, " +
            "NoncurrentVersionExpiration: {NoncurrentDays: 30}, Status: Enabled}}",
            Template.Named("JobsBucket")["LifecycleConfiguration"]);

    [Theory]
    [InlineData("JobsRunsTable")]
    [InlineData("JobsResultsTable")]
    public void Table_is_on_demand_recoverable_encrypted_and_forgets(string id)
    {
        var table = Template.Named(id);

        Assert.Equal("{AttributeName: pk, KeyType: HASH}, {AttributeName: sk, KeyType: RANGE}", table["KeySchema"]);
        Assert.Equal("PAY_PER_REQUEST", table["BillingMode"]);
        Assert.Equal("{PointInTimeRecoveryEnabled: true}", table["PointInTimeRecoverySpecification"]);
        Assert.Equal("{SSEEnabled: true}", table["SSESpecification"]);
        Assert.Equal("{AttributeName: expiresAt, Enabled: true}", table["TimeToLiveSpecification"]);
    }

    [Fact]
    public void Runs_are_found_by_what_is_due_by_their_turn_and_by_when_they_were_asked_for() =>
        Assert.Equal(
            "{IndexName: watch, KeySchema: {AttributeName: watch, KeyType: HASH}, {AttributeName: nextCheckAt, " +
            "KeyType: RANGE}, "
            + "Projection: {NonKeyAttributes: cpu, ProjectionType: INCLUDE}}, "
            +
                "{IndexName: waiting, KeySchema: {AttributeName: waiting, KeyType: HASH}, {AttributeName: turn, " +
                "KeyType: RANGE}, "
            + "Projection: {ProjectionType: ALL}}, "
            +
                "{IndexName: history, KeySchema: {AttributeName: history, KeyType: HASH}, {AttributeName: createdAt, " +
                "KeyType: RANGE}, "
            + "Projection: {NonKeyAttributes: labels, ProjectionType: INCLUDE}}",
            Template.Named("JobsRunsTable")["GlobalSecondaryIndexes"]);

    [Fact]
    public void Results_have_no_index() => Assert.Null(Template.Named("JobsResultsTable")["GlobalSecondaryIndexes"]);
}
