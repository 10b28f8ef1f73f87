using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class ScheduleTests
{
    private static Template Template => Shapes.Typical.Template;

    [Fact]
    public void Schedule_without_a_time_zone_is_a_rule_that_sends_its_job_name_and_planned_time()
    {
        var rule = Template.Named("JobslinecountSchedulehourly");
        var target = rule.Properties["Targets"]![0]!;

        Assert.Equal("rate(1 hour)", rule["ScheduleExpression"]);
        Assert.Equal("<JobsFunctionsSchedulesQueue.Arn>", Readable.Text(target["Arn"]));
        Assert.Equal("{plannedAt: $.time}", Readable.Text(target["InputTransformer"]!["InputPathsMap"]));
        Assert.Equal(
            """{"job": "line-count", "schedule": "hourly", "plannedAt": <plannedAt>}""",
            target["InputTransformer"]!["InputTemplate"]!.GetValue<string>());
    }

    [Fact]
    public void Schedule_with_a_time_zone_is_one_of_EventBridge_Scheduler()
    {
        var schedule = Assert.Single(Template.OfType("AWS::Scheduler::Schedule"));
        var target = schedule.Properties["Target"]!;

        Assert.Equal(
            (
                "line-count.nightly",
                "<JobsFunctionsScheduleGroup>",
                "cron(30 2 * * ? *)",
                "Europe/Berlin",
                "{Mode: OFF}"),
            (
                schedule["Name"],
                schedule["GroupName"],
                schedule["ScheduleExpression"],
                schedule["ScheduleExpressionTimezone"],
                schedule["FlexibleTimeWindow"]));
        Assert.Equal(
            (
                "<JobsFunctionsSchedulesQueue.Arn>",
                "<JobsFunctionsScheduleRole.Arn>",
                "{Arn: <JobsFunctionsUndeliveredQueue.Arn>}"),
            (
                Readable.Text(target["Arn"]),
                Readable.Text(target["RoleArn"]),
                Readable.Text(target["DeadLetterConfig"])));
        Assert.Equal(
            """{"job": "line-count", "schedule": "nightly", "plannedAt": "<aws.scheduler.scheduled-time>"}""",
            target["Input"]!.GetValue<string>());
        Assert.Equal(
            "{MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185}", Readable.Text(target["RetryPolicy"]));
    }

    [Fact]
    public void Stack_without_time_zones_has_no_scheduler() =>
        Assert.DoesNotContain(
            Synthesis.OfJob(
                new JobDefinition("report") { Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)")] }).Template
                    .OfType("AWS::IAM::Role"),
            role => Readable.Text(role["AssumeRolePolicyDocument"]).Contains("scheduler", StringComparison.Ordinal));

    [Fact]
    public void Job_that_lists_everything_may_do_so_and_read_nothing()
    {
        var template = Synthesis.OfJob(new JobDefinition("inventory") { Lists = [""] }).Template;

        var statements = Readable.Statements(template, template.Named("JobsinventoryTaskRole"))
            .ToDictionary(statement => statement["Sid"]!.ToString());

        Assert.Equal(
            "s3:ListBucket on <JobsBucket.Arn>",
            $"{Readable.Text(statements["ListObjects"]["Action"])} on " +
            $"{Readable.Text(statements["ListObjects"]["Resource"])}");
        Assert.Null(statements["ListObjects"]["Condition"]);
        Assert.False(statements.ContainsKey("ReadObjects"));
    }
}
