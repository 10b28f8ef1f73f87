using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>Whom jobs notify, beside the runner's list.</summary>
public sealed class RecipientTests
{
    [Fact]
    public void Address_has_one_subscription_of_each_kind_for_all_jobs_that_notify_it()
    {
        var template = Of(
            new JobDefinition("orders")
            {
                Recipients = [new("o@example.com"), new("all@example.com") { On = NotifyOn.Always }],
            },
            new JobDefinition("billing")
            {
                Recipients = [new("o@example.com"), new("b@example.com") { On = NotifyOn.Success }],
            });

        Assert.Equal(
            [
                "<JobsAlertsTopic> admin@example.com ",
                "<JobsAlertsTopic> all@example.com {job: orders}",
                "<JobsAlertsTopic> o@example.com {job: billing, orders}",
                "<JobsFunctionsSuccesses> all@example.com {job: orders}",
                "<JobsFunctionsSuccesses> b@example.com {job: billing}",
            ],
            Subscriptions(template));
        Assert.Equal("<JobsAlertsKey.Arn>", template.Named("JobsFunctionsSuccesses")["KmsMasterKeyId"]);
        Assert.All(
            template.OfType("AWS::Lambda::Function"),
            function => Assert.Equal(
                "<JobsFunctionsSuccesses>",
                Readable.Text(function.Properties["Environment"]!["Variables"]![EnvironmentNames.SuccessTopic])));
        Assert.Equal("<JobsAlertsTopic>, <JobsFunctionsSuccesses>", Published(template));
    }

    [Fact]
    public void Admin_is_told_of_all_failures_and_filters_nothing_whatever_a_job_says()
    {
        var template = Of(new JobDefinition("orders")
        {
            Recipients = [new("admin@example.com") { On = NotifyOn.Always }],
        });

        Assert.Equal(
            [
                "<JobsAlertsTopic> admin@example.com ", "<JobsFunctionsSuccesses> admin@example.com {job: orders}",
            ],
            Subscriptions(template));
    }

    [Fact]
    public void Stack_whose_jobs_tell_no_success_has_no_topic_for_them()
    {
        var template = Of(new JobDefinition("orders") { Recipients = [new("o@example.com")] });

        Assert.Single(template.OfType("AWS::SNS::Topic"));
        Assert.Equal("<JobsAlertsTopic>", Published(template));
        Assert.All(
            template.OfType("AWS::Lambda::Function"),
            function => Assert.Null(
                function.Properties["Environment"]!["Variables"]![EnvironmentNames.SuccessTopic]));
    }

    [Fact]
    public void More_addresses_than_SNS_filters_for_a_topic_fail_synthesis()
    {
        var error = Assert.ThrowsAny<Exception>(() => Of(new JobDefinition("orders")
        {
            Recipients = [.. Enumerable.Range(0, 201).Select(i => new Recipient($"r{i}@example.com"))],
        }));

        Assert.Contains("at most 200 filter policies of a topic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Owner_and_recipients_are_in_the_catalog_of_the_functions()
    {
        var job = JobDefinitions.From(typeof(Orders));
        var asset = Synthesis.OfJob(job).FunctionsAsset;

        var read = Assert.Single(JobCatalog.Parse(File.ReadAllText(Path.Combine(asset, JobCatalog.FileName))).Jobs);
        Assert.Equal("Orders team", read.Owner);
        Assert.Equal(
            [new Recipient("orders@example.com") { On = NotifyOn.Always }, new Recipient("ops@example.com")],
            read.Recipients);
    }

    private static Template Of(params JobDefinition[] jobs) => Synthesis.Of(
        (_, runner) => Array.ForEach(jobs, job => runner.AddJob(job, Shapes.AnyImage)),
        _ => Synthesis.AnyRunner with { AdminEmails = ["admin@example.com"] }).Template;

    private static IEnumerable<string> Subscriptions(Template template) => template.OfType("AWS::SNS::Subscription")
        .Select(one => $"{Readable.Text(one.Properties["TopicArn"])} {one["Endpoint"]} " +
            Readable.Text(one.Properties["FilterPolicy"]))
        .Order(StringComparer.Ordinal);

    private static string Published(Template template) => Readable.Text(
        Readable.Statements(template, template.Named("JobsFunctionsOnTickRole"))
            .Single(statement => (string?)statement["Sid"] == "PublishAlerts")["Resource"]);

    [Job(Owner = "Orders team")]
    [OnUpload("orders/")]
    [Notify("orders@example.com", On = NotifyOn.Always)]
    [Notify("ops@example.com")]
    internal sealed class Orders : IJob<Upload, string>
    {
        public Task<string> RunAsync(Upload input, JobContext job, CancellationToken stop) =>
            Task.FromResult(input.Key);
    }
}
