using System.Text.Json.Nodes;

namespace Jobs.Tests.Infra;

public sealed class EventTests
{
    private static Template Template => Shapes.Typical.Template;

    [Fact]
    public void Rule_for_stopped_tasks_matches_this_cluster_only()
    {
        var rule = Template.Named("JobsFunctionsTaskStopped");

        Assert.Equal(
            "{source: aws.ecs, detail-type: ECS Task State Change, detail: {clusterArn: <JobsCluster.Arn>, lastStatus: STOPPED}}",
            rule["EventPattern"]);
        Assert.Equal("<JobsFunctionsStoppedTasksQueue.Arn>", Readable.Text(rule.Properties["Targets"]![0]!["Arn"]));
        Assert.Null(rule.Properties["Targets"]![0]!["InputTransformer"]);
    }

    [Fact]
    public void Tick_comes_every_minute_and_is_not_retried_beyond_the_next()
    {
        var rule = Template.Named("JobsFunctionsTick");

        Assert.Equal("rate(1 minute)", rule["ScheduleExpression"]);
        Assert.Equal("<JobsFunctionsOnTickFunction.Arn>", Readable.Text(rule.Properties["Targets"]![0]!["Arn"]));
        Assert.Equal("{MaximumEventAgeInSeconds: 60}", Readable.Text(rule.Properties["Targets"]![0]!["RetryPolicy"]));
    }

    [Fact]
    public void Tick_alone_may_invoke_the_sweep()
    {
        var permission = Assert.Single(Template.OfType("AWS::Lambda::Permission"));

        Assert.Equal("events.amazonaws.com", permission["Principal"]);
        Assert.Equal("<JobsFunctionsTick.Arn>", permission["SourceArn"]);
        Assert.Equal("<JobsFunctionsOnTickFunction.Arn>", permission["FunctionName"]);
    }

    [Fact]
    public void Every_target_of_every_rule_has_a_dead_letter_queue() =>
        Assert.All(
            Template.OfType("AWS::Events::Rule").SelectMany(rule => rule.Properties["Targets"]!.AsArray()),
            target => Assert.Equal("<JobsFunctionsUndeliveredQueue.Arn>", Readable.Text(target!["DeadLetterConfig"]!["Arn"])));

    [Theory]
    [InlineData("JobsFunctionsUploadsQueue", "<JobslinecountOnincomingcsv.Arn>, <JobslinecountOnlate.Arn>, <JobsnightlyetlOnetl.Arn>")]
    [InlineData("JobsFunctionsSchedulesQueue", "<JobslinecountSchedulehourly.Arn>")]
    [InlineData("JobsFunctionsStoppedTasksQueue", "<JobsFunctionsTaskStopped.Arn>")]
    [InlineData(
        "JobsFunctionsUndeliveredQueue",
        "<JobslinecountOnincomingcsv.Arn>, <JobslinecountOnlate.Arn>, <JobsnightlyetlOnetl.Arn>, <JobslinecountSchedulehourly.Arn>, <JobsFunctionsTaskStopped.Arn>, <JobsFunctionsTick.Arn>")]
    public void Queue_takes_messages_from_its_rules_only(string queue, string rules)
    {
        var allow = Assert.Single(Template.PolicyOn("AWS::SQS::QueuePolicy", queue), statement => statement["Effect"]!.GetValue<string>() == "Allow");

        Assert.Equal("sqs:SendMessage", Readable.Text(allow["Action"]));
        Assert.Equal("{Service: events.amazonaws.com}", Readable.Text(allow["Principal"]));
        Assert.Equal($"{{ArnEquals: {{aws:SourceArn: {rules}}}}}", Readable.Text(allow["Condition"]));
    }

    [Fact]
    public void A_runner_without_upload_triggers_has_an_inbox_that_nobody_may_send_to()
    {
        var template = Synthesis.OfJob(new Core.Definitions.JobDefinition("manual")).Template;

        Assert.All(
            template.PolicyOn("AWS::SQS::QueuePolicy", "JobsFunctionsUploadsQueue"),
            statement => Assert.Equal("Deny", statement["Effect"]!.GetValue<string>()));
    }
}
