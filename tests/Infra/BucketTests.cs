using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.S3.Notifications;
using Amazon.CDK.AWS.SQS;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>Uploads of other buckets than the runner's.</summary>
public sealed class BucketTests
{
    [Fact]
    public void Bucket_that_exists_is_listened_to_and_read_under_the_triggers_prefix_only()
    {
        var template = Synthesis.OfJob(
            new JobDefinition("import") { Uploads = [new("in/", ".7z") { Bucket = "acme-raw" }, new("in/")] }).Template;

        var names = template.OfType("AWS::Events::Rule")
            .Select(rule => Readable.Text(rule.Properties["EventPattern"]?["detail"]?["bucket"]?["name"]));
        Assert.Equal(["<JobsBucket>", "acme-raw"], names.Where(name => name.Length > 0).Order());
        Assert.Equal(
            "arn:<AWS::Partition>:s3:::acme-raw/in/*.7Z, arn:<AWS::Partition>:s3:::acme-raw/in/*.7z, " +
            "<JobsBucket.Arn>/in/*",
            Allowed(template, "JobsimportTaskRole", "ReadObjects"));
        Assert.Equal("", Allowed(template, "JobsimportTaskRole", "DecryptUploads"));
        Assert.Equal(
            "<JobsBucket.Arn>, arn:<AWS::Partition>:s3:::acme-raw",
            Allowed(template, "JobsFunctionsOnTickRole", "FindUploads"));
        Assert.Null(Variables(template)[EnvironmentNames.Buckets]);
    }

    [Fact]
    public void Name_of_the_stacks_own_is_resolved_by_the_props_and_a_key_may_be_used()
    {
        const string Key = "arn:aws:kms:eu-central-1:123456789012:key/1";
        var template = Synthesis.Of(
            (_, runner) => runner.AddJob(
                new JobDefinition("import") { Uploads = [new("in/") { Bucket = "raw" }] }, Shapes.AnyImage),
            stack => Synthesis.AnyRunner with
            {
                Buckets = new Dictionary<string, IBucket>
                {
                    ["raw"] = Bucket.FromBucketAttributes(stack, "Raw", new BucketAttributes
                    {
                        BucketName = "acme-raw-prod",
                        EncryptionKey = Amazon.CDK.AWS.KMS.Key.FromKeyArn(stack, "Key", Key),
                    }),
                },
            }).Template;

        Assert.Equal(
            "arn:<AWS::Partition>:s3:::acme-raw-prod/in/*", Allowed(template, "JobsimportTaskRole", "ReadObjects"));
        Assert.Equal(Key, Allowed(template, "JobsimportTaskRole", "DecryptUploads"));
        Assert.Equal("raw=acme-raw-prod", Readable.Text(Variables(template)[EnvironmentNames.Buckets]));
        Assert.Contains(
            template.OfType("AWS::Events::Rule"),
            rule => rule.Properties.ToJsonString().Contains("s3://raw/in/*", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bucket_that_the_app_makes_tells_of_its_uploads_beside_what_it_tells_already(bool hasOthers)
    {
        var template = Synthesis.Of(
            (_, runner) => runner.AddJob(
                new JobDefinition("import") { Uploads = [new("in/") { Bucket = "raw" }] }, Shapes.AnyImage),
            stack =>
            {
                var raw = new Bucket(stack, "Raw");
                if (hasOthers)
                {
                    raw.AddEventNotification(EventType.OBJECT_REMOVED, new SqsDestination(new Queue(stack, "Removed")));
                }

                return Synthesis.AnyRunner with { Buckets = new Dictionary<string, IBucket> { ["raw"] = raw } };
            }).Template;

        if (hasOthers)
        {
            var set = Assert.Single(template.OfType("Custom::S3BucketNotifications")).Properties;
            Assert.Equal(
                ["EventBridgeConfiguration", "QueueConfigurations"],
                set["NotificationConfiguration"]!.AsObject().Select(member => member.Key).Order());
        }
        else
        {
            Assert.True((bool)template.Named("Raw").Properties["NotificationConfiguration"]!
                ["EventBridgeConfiguration"]!["EventBridgeEnabled"]!);
            Assert.Empty(template.OfType("Custom::S3BucketNotifications"));
        }

        Assert.Equal("<Raw.Arn>/in/*", Allowed(template, "JobsimportTaskRole", "ReadObjects"));
    }

    [Fact]
    public void Bucket_that_the_app_does_not_make_is_told_with_the_command_that_switches_its_events_on()
    {
        var synthesis = Synthesis.OfJob(new JobDefinition("import") { Uploads = [new("in/") { Bucket = "acme-raw" }] });

        var said = File.ReadAllText(Path.Combine(synthesis.Folder, "manifest.json"));
        Assert.Contains("get-bucket-notification-configuration --bucket acme-raw", said, StringComparison.Ordinal);
        Assert.Contains("put-bucket-notification-configuration --bucket acme-raw", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_jobs_may_listen_to_one_bucket()
    {
        var template = Synthesis.Of((_, runner) =>
        {
            foreach (var name in (string[])["one", "two"])
            {
                runner.AddJob(
                    new JobDefinition(name) { Uploads = [new("in/") { Bucket = "acme-raw" }] }, Shapes.AnyImage);
            }
        }).Template;

        Assert.Equal(
            "<JobsBucket.Arn>, arn:<AWS::Partition>:s3:::acme-raw",
            Allowed(template, "JobsFunctionsOnTickRole", "FindUploads"));
    }

    [Fact]
    public void Name_in_the_props_that_no_trigger_has_fails_synthesis()
    {
        var error = Assert.ThrowsAny<Exception>(() => Synthesis.Of(
            (_, runner) => runner.AddJob(
                new JobDefinition("import") { Uploads = [new("in/") { Bucket = "raw" }] }, Shapes.AnyImage),
            stack => Synthesis.AnyRunner with
            {
                Buckets = new Dictionary<string, IBucket> { ["rwa"] = new Bucket(stack, "Raw") },
            }));

        Assert.Contains("declared: rwa, which no job's trigger names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_buckets_than_OnTick_can_be_told_fail_synthesis()
    {
        var error = Assert.ThrowsAny<Exception>(() => Synthesis.OfJob(new JobDefinition("import")
        {
            Uploads = [.. Enumerable.Range(10, 21).Select(i => new UploadTrigger("in/") { Bucket = $"acme-raw-{i}" })],
        }));

        Assert.Contains("at most 20 buckets besides the runner's", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_of_the_documentation_listens_to_its_stages_bucket_and_writes_to_another()
    {
        var template = Synthesis.OfApp(app => _ = new RawStack(app, "jobs", "prod")).Template;

        Assert.Equal(
            "arn:<AWS::Partition>:s3:::acme-raw-prod/incoming/*, arn:<AWS::Partition>:s3:::acme-raw/incoming/*",
            Allowed(template, "JobsrawimportTaskRole", "ReadObjects"));
        Assert.Equal(
            "arn:aws:kms:eu-central-1:123456789012:key/1",
            Allowed(template, "JobsrawimportTaskRole", "DecryptUploads"));
        Assert.Contains(
            "s3:DeleteObject*",
            Readable.Role(template, template.Named("JobsrawimportTaskRole")),
            StringComparison.Ordinal);
    }

    private static string Allowed(Template template, string role, string sid) => Readable.Text(
        Readable.Statements(template, template.Named(role))
            .FirstOrDefault(statement => (string?)statement["Sid"] == sid)?["Resource"]);

    private static System.Text.Json.Nodes.JsonObject Variables(Template template) =>
        template.Named("JobsFunctionsOnTickFunction").Properties["Environment"]!["Variables"]!.AsObject();
}
