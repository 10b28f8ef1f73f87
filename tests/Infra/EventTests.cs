using Jobs.Cdk.Ground;

namespace Jobs.Tests.Infra;

public sealed class EventTests
{
    private static Template Template => Shapes.Typical.Template;

    [Fact]
    public void Rule_for_stopped_tasks_matches_this_cluster_only()
    {
        var rule = Template.Named("JobsFunctionsTaskStopped");

        Assert.Equal(
            "{source: aws.ecs, detail-type: ECS Task State Change, detail: {clusterArn: <JobsCluster.Arn>, " +
            "lastStatus: STOPPED}}",
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
        Assert.Equal(
            "arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/jobs_tick", permission["SourceArn"]);
        Assert.Equal("jobs_tick", Template.Named("JobsFunctionsTick")["Name"]);
        Assert.Equal("<JobsFunctionsOnTickFunction.Arn>", permission["FunctionName"]);
    }

    [Fact]
    public void Every_target_of_every_rule_has_a_dead_letter_queue() =>
        Assert.All(
            Template.OfType("AWS::Events::Rule").SelectMany(rule => rule.Properties["Targets"]!.AsArray()),
            target =>
                Assert.Equal(
                    "<JobsFunctionsUndeliveredQueue.Arn>", Readable.Text(target!["DeadLetterConfig"]!["Arn"])));

    [Theory]
    [InlineData("JobsFunctionsUploadsQueue")]
    [InlineData("JobsFunctionsSchedulesQueue")]
    [InlineData("JobsFunctionsStoppedTasksQueue")]
    [InlineData("JobsFunctionsUndeliveredQueue")]
    public void Queue_takes_messages_from_the_stacks_rules_only(string queue)
    {
        var allow = Assert.Single(
            Template.PolicyOn("AWS::SQS::QueuePolicy", queue),
            statement => statement["Effect"]!.GetValue<string>() == "Allow");

        Assert.Equal("sqs:SendMessage", Readable.Text(allow["Action"]));
        Assert.Equal("{Service: events.amazonaws.com}", Readable.Text(allow["Principal"]));
        Assert.Equal(
            "{ArnLike: {aws:SourceArn: arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/jobs_*}}",
            Readable.Text(allow["Condition"]));
    }

    [Fact]
    public void Rules_have_names_of_their_own_that_begin_with_the_stacks_prefix()
    {
        var names = Template.OfType("AWS::Events::Rule").Select(rule => rule["Name"]!).ToList();

        Assert.All(names, name => Assert.Matches(@"^jobs_[a-z-]+(_[0-9a-f]{10})?\z", name));
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Names_of_rules_fit_into_EventBridge_however_long_the_others_are()
    {
        var (stack, job) = (new string('s', RuleName.MaxStackLength), new string('j', 64));

        var names = new[]
        {
            RuleName.Of(stack, job, "On a/*"),
            RuleName.Of(stack, job, "On b/*"),
            RuleName.Own(stack, "task-stopped"),
        };

        Assert.All(names, name => Assert.Matches(@"^[.\-_A-Za-z0-9]{1,64}\z", name));
        Assert.Equal(3, names.Distinct().Count());
    }
}
