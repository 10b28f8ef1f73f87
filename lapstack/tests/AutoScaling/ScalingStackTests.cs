using System.Text.Json.Nodes;
using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.AutoScaling;

/// <summary>A service of a stack that is scaled, in the words CDK synthesizes.</summary>
public sealed class ScalingStackTests
{
    private const string ResourceId = "service/jobs/drain";
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Alarm_scales_by_steps_minute_after_minute_within_the_limits()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources(Steps), _clock);
        Assert.Equal(0, await DesiredAsync(stack));
        using (var sqs = stack.Sqs())
            for (var i = 0; i < 3; i++)
            {
                await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl("Queue"), MessageBody = "work" });
            }

        await MinuteAsync(stack, 2);
        await MinuteAsync(stack, 2); // The cooldown of a minute and a half: what was added counts.
        await MinuteAsync(stack, 4);
        await MinuteAsync(stack, 4);
        await MinuteAsync(stack, 5); // The maximum.

        var activities = await CallAsync(stack, "DescribeScalingActivities");
        Assert.Equal(
            ["Setting desired count to 5.", "Setting desired count to 4.", "Setting desired count to 2."],
            activities["ScalingActivities"]!.AsArray().Select(a => (string?)a!["Description"]));
        Assert.Equal(
            "monitor alarm backlog in state ALARM triggered policy more",
            (string?)activities["ScalingActivities"]![0]!["Cause"]);
    }

    [Fact]
    public async Task Scheduled_action_moves_the_limits_and_the_count_with_them_and_outlives_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources(), _clock);

        // Berlin is an hour ahead: half past nine there.
        await Eventually.TrueAsync(() => _clock.ArmedTimers >= 3);
        _clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.TrueAsync(async () => await DesiredAsync(stack) == 2);
        await stack.RestartAsync(_clock);
        var target = (await CallAsync(stack, "DescribeScalableTargets"))["ScalableTargets"]![0]!;
        Assert.Equal(
            (2, 4, ResourceId),
            ((int)target["MinCapacity"]!, (int)target["MaxCapacity"]!, (string?)target["ResourceId"]));
        Assert.Equal(2, await DesiredAsync(stack));
        var action = (await CallAsync(stack, "DescribeScheduledActions"))["ScheduledActions"]![0]!;
        Assert.Equal(
            ("morning", "Europe/Berlin"), ((string?)action["ScheduledActionName"], (string?)action["Timezone"]));
    }

    [Fact]
    public async Task Policies_are_described_as_declared()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources(Steps), _clock);

        var policies = (await CallAsync(stack, "DescribeScalingPolicies"))["ScalingPolicies"]!.AsArray();

        var tracking = policies.Single(
            p => (string?)p!["PolicyType"] == "TargetTrackingScaling")!["TargetTrackingScalingPolicyConfiguration"]!;
        Assert.Equal(
            (100, "BacklogPerTask", 60),
            (
                (int)tracking["TargetValue"]!,
                (string?)tracking["CustomizedMetricSpecification"]!["MetricName"],
                (int)tracking["ScaleInCooldown"]!));
        var steps = policies.Single(p => (string?)p!["PolicyType"] == "StepScaling")!;
        Assert.Matches(
            "^arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:[0-9a-f-]{36}:resource/ecs/service/jobs/drain:policyName/more$",
            (string?)steps["PolicyARN"]);
    }

    [Theory]
    [InlineData("\"ScalableDimension\": \"ecs:service:DesiredCount\"",
        "\"ScalableDimension\": \"dynamodb:table:ReadCapacityUnits\"", "ecs:service:DesiredCount of ecs only")]
    [InlineData("\"MinCapacity\": 0", "\"MinCapacity\": 9", "MinCapacity 9 and MaxCapacity 5")]
    [InlineData("cron(30 9 * * ? *)", "cron(30 9 * * * *)", "exactly one must be ?")]
    [InlineData("\"ScaleInCooldown\": 60", "\"ScaleInCooldownn\": 60", "ScaleInCooldownn is not supported")]
    [InlineData("CustomizedMetricSpecification", "PredefinedMetricSpecification",
        "PredefinedMetricSpecification is not supported")]
    [InlineData("\"Namespace\": \"Jobs\"", "\"Namespace\": \"AWS/ECS\"", "not AWS/ECS; use step scaling")]
    [InlineData("\"TargetValue\": 100", "\"TargetValue\": 0", "TargetValue must be a number above 0")]
    [InlineData("AWSServiceRoleForApplicationAutoScaling_ECSService", "Mine",
        "RoleARN must be the service-linked role")]
    [InlineData("\"SchedulingStrategy\": \"REPLICA\"", "\"LoadBalancers\": [ { \"ContainerName\": \"worker\" } ]",
        "have no loadBalancers")]
    [InlineData("\"MetricIntervalLowerBound\": 2,", "\"MetricIntervalLowerBound\": 3,",
        "without overlap or gap: one ends at 2 and the next begins at 3")]
    public async Task What_cannot_be_done_is_refused_at_the_start(string declared, string instead, string why)
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() =>
            EmulatedStack.StartAsync(Resources(Steps).Replace(declared, instead, StringComparison.Ordinal), _clock));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private const string Steps = """
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work" } },
        "More": { "Type": "AWS::ApplicationAutoScaling::ScalingPolicy", "Properties": { "PolicyName": "more", "PolicyType": "StepScaling", "ScalingTargetId": { "Ref": "Target" },
          "StepScalingPolicyConfiguration": { "AdjustmentType": "ChangeInCapacity", "Cooldown": 90, "MetricAggregationType": "Maximum", "StepAdjustments": [
            { "MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 2, "ScalingAdjustment": 1 }, { "MetricIntervalLowerBound": 2, "ScalingAdjustment": 2 } ] } } },
        "Alarm": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "backlog", "AlarmActions": [ { "Ref": "More" } ],
          "Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible", "Dimensions": [ { "Name": "QueueName", "Value": { "Fn::GetAtt": ["Queue", "QueueName"] } } ],
          "Statistic": "Maximum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold" } },
        """;

    private static string Resources(string more = "") => $$"""
        { {{more}}
          "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "jobs" } },
          "Definition": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Family": "drain", "Cpu": "256", "Memory": "512", "NetworkMode": "awsvpc",
            "RequiresCompatibilities": ["FARGATE"], "ContainerDefinitions": [ { "Name": "worker", "Image": "public.ecr.aws/none:1", "Essential": true } ] } },
          "Service": { "Type": "AWS::ECS::Service", "Properties": { "ServiceName": "drain", "Cluster": { "Ref": "Cluster" }, "TaskDefinition": { "Ref": "Definition" },
            "DesiredCount": 0, "LaunchType": "FARGATE", "SchedulingStrategy": "REPLICA", "DeploymentController": { "Type": "ECS" }, "EnableECSManagedTags": false,
            "DeploymentConfiguration": { "MaximumPercent": 200, "MinimumHealthyPercent": 100, "Alarms": { "AlarmNames": [], "Enable": false, "Rollback": false } },
            "NetworkConfiguration": { "AwsvpcConfiguration": { "AssignPublicIp": "DISABLED", "Subnets": ["subnet-1"], "SecurityGroups": ["sg-1"] } } } },
          "Target": { "Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": { "MinCapacity": 0, "MaxCapacity": 5,
            "ResourceId": { "Fn::Join": ["", ["service/", { "Ref": "Cluster" }, "/", { "Fn::GetAtt": ["Service", "Name"] }]] },
            "RoleARN": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService" },
            "ScalableDimension": "ecs:service:DesiredCount", "ServiceNamespace": "ecs", "ScheduledActions": [ { "ScheduledActionName": "morning",
              "Schedule": "cron(30 9 * * ? *)", "Timezone": "Europe/Berlin", "ScalableTargetAction": { "MinCapacity": 2, "MaxCapacity": 4 } } ] } },
          "Track": { "Type": "AWS::ApplicationAutoScaling::ScalingPolicy", "Properties": { "PolicyType": "TargetTrackingScaling", "ScalingTargetId": { "Ref": "Target" },
            "TargetTrackingScalingPolicyConfiguration": { "CustomizedMetricSpecification": { "Namespace": "Jobs", "MetricName": "BacklogPerTask", "Statistic": "Average",
              "Dimensions": [ { "Name": "Job", "Value": "drain" } ] }, "ScaleInCooldown": 60, "ScaleOutCooldown": 60, "TargetValue": 100 } } }
        }
        """;

    /// <summary>Lets a minute pass, until the alarms have been looked at and the service wants that many.</summary>
    private async Task MinuteAsync(EmulatedStack stack, int desired)
    {
        await Eventually.TrueAsync(() => _clock.ArmedTimers >= 3);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(async () => await DesiredAsync(stack) == desired);
    }

    private static async Task<int> DesiredAsync(EmulatedStack stack)
    {
        var answer = await RawCall.JsonAsync(
            stack.Url,
            "AmazonEC2ContainerServiceV20141113.DescribeServices",
            """{"cluster":"jobs","services":["drain"]}""");
        return (int)answer.Body["services"]![0]!["desiredCount"]!;
    }

    private static async Task<JsonNode> CallAsync(EmulatedStack stack, string operation)
    {
        var answer = await RawCall.JsonAsync(
            stack.Url, $"AnyScaleFrontendService.{operation}", """{"ServiceNamespace":"ecs"}""");
        Assert.Equal(200, answer.Status);
        return answer.Body;
    }
}
