using Amazon.CDK;

namespace Jobs.Tests.Infra;

public sealed class SecurityTests
{
    private static Template Template => Shapes.Typical.Template;

    /// <summary>What the laptop has to know, and what it need not know about CDK's own functions.</summary>
    [Fact]
    public void Types_of_resources_are_the_plain_ones_expected() => Snapshot.Matches(
        "types.txt", string.Join(
            '\n', Template.Resources.Select(resource => resource.Type).Distinct().Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_queue_is_encrypted_and_refuses_plain_http() => Assert.All(Template.OfType("AWS::SQS::Queue"),
        queue =>
    {
        Assert.Equal("true", queue["SqsManagedSseEnabled"]);
        AssertRefusesPlainHttp("AWS::SQS::QueuePolicy", queue, "sqs:*");
    });

    [Fact]
    public void Bucket_refuses_plain_http() =>
        AssertRefusesPlainHttp("AWS::S3::BucketPolicy", Template.Named("JobsBucket"), "s3:*");

    [Fact]
    public void Topic_is_encrypted_with_a_key_that_alarms_may_use_and_refuses_plain_http()
    {
        var topic = Template.Named("JobsAlertsTopic");
        Assert.Equal("<JobsAlertsKey.Arn>", topic["KmsMasterKeyId"]);
        AssertRefusesPlainHttp("AWS::SNS::TopicPolicy", topic, "sns:Publish");

        var key = Template.Named("JobsAlertsKey");
        Assert.Contains(
            key.Properties["KeyPolicy"]!["Statement"]!.AsArray(),
            statement => Readable.Text(statement!["Principal"]) == "{Service: cloudwatch.amazonaws.com}");
        Assert.Contains(
            Template.PolicyOn("AWS::SNS::TopicPolicy", "JobsAlertsTopic"),
            statement => Readable.Text(statement["Principal"]) == "{Service: cloudwatch.amazonaws.com}");
    }

    [Fact]
    public void Admins_get_alerts_by_mail() => Assert.Equal(
        ["email dev@example.com", "email ops@example.com"],
        Template.OfType("AWS::SNS::Subscription")
            .Select(subscription => $"{subscription["Protocol"]} {subscription["Endpoint"]}")
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Stack_without_admins_is_warned_about_and_one_with_them_is_not()
    {
        var silent = Synthesis.OfJob(new JobDefinition("any"));

        Assert.Contains(
            "AdminEmails is empty, so failures are not told by e-mail", Manifest(silent), StringComparison.Ordinal);
        Assert.DoesNotContain("AdminEmails", Manifest(Shapes.Typical), StringComparison.Ordinal);
    }

    [Fact]
    public void Mails_name_the_stack_as_their_sender()
    {
        var shop = Synthesis.OfApp(
            app =>
                _ = new JobRunner(
                    new Stack(app, "jobs", new StackProps { StackName = "shop" }), "Jobs", Synthesis.AnyRunner));

        Assert.Equal("shop", shop.Template.Named("JobsAlertsTopic")["DisplayName"]);
    }

    private static string Manifest(Synthesis synthesis) =>
        File.ReadAllText(Path.Combine(synthesis.Folder, "manifest.json"));

    private static void AssertRefusesPlainHttp(string policyType, Resource resource, string actions) => Assert.Contains(
        Template.PolicyOn(policyType, Readable.WithoutHash(resource.Id)),
        statement => Readable.Text(statement["Effect"]) == "Deny"
            && Readable.Text(statement["Action"]) == actions
            && Readable.Text(statement["Condition"]) == "{Bool: {aws:SecureTransport: false}}");
}
