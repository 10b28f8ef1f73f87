using Amazon.CDK.AWS.S3;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class ServiceTests
{
    private static Template Template => Shapes.Queues.Template;

    [Fact]
    public void Service_runs_the_jobs_task_definition_in_the_runners_network()
    {
        var service = Service("resize");

        Assert.Equal(
            ("jobs_resize", "<JobsCluster>", "<JobsresizeTask>"),
            (service["ServiceName"], service["Cluster"], service["TaskDefinition"]));
        Assert.Equal(
            "{AwsvpcConfiguration: {AssignPublicIp: ENABLED, SecurityGroups: <JobsSecurityGroup.GroupId>, Subnets: " +
            "<JobsVpcPublicSubnet1Subnet>, <JobsVpcPublicSubnet2Subnet>}}",
            service["NetworkConfiguration"]);
        Assert.Equal(("TASK_DEFINITION", "true"), (service["PropagateTags"], service["EnableECSManagedTags"]));
    }

    [Fact]
    public void Deployment_never_sets_the_number_of_tasks() =>
        Assert.All(Template.OfType("AWS::ECS::Service"), service => Assert.Null(service["DesiredCount"]));

    [Theory]
    [InlineData("resize", "FARGATE_SPOT")]
    [InlineData("plain", "FARGATE")]
    public void Spot_is_a_capacity_provider_of_the_service(string job, string provider)
    {
        var service = Service(job);

        Assert.Equal($"{{CapacityProvider: {provider}, Weight: 1}}", service["CapacityProviderStrategy"]);
        Assert.Null(service["LaunchType"]);
    }

    [Theory]
    [InlineData("resize", 150, 50)]
    [InlineData("plain", 200, 100)]
    public void Deployment_rolls_within_its_percentages_and_back_when_tasks_do_not_start(
        string job, int most, int healthy) => Assert.Equal(
        $"{{DeploymentCircuitBreaker: {{Enable: true, Rollback: true}}, MaximumPercent: {most}, " +
        $"MinimumHealthyPercent: {healthy}}}",
        Service(job)["DeploymentConfiguration"]);

    [Fact]
    public void Service_waits_for_what_its_first_task_needs()
    {
        var waitsFor = Service("resize").Declaration["DependsOn"]!.AsArray()
            .Select(id => Readable.WithoutHash(id!.GetValue<string>()))
            .ToList();

        Assert.Superset(
            new HashSet<string>
            {
                "JobsVpcPublicSubnet1DefaultRoute",
                Readable.WithoutHash(
                    Assert.Single(Template.OfType("AWS::ECS::ClusterCapacityProviderAssociations")).Id),
            },
            waitsFor.ToHashSet());
    }

    [Fact]
    public void Service_waits_for_what_was_granted_to_its_job()
    {
        var template = Synthesis.Of((stack, runner) =>
        {
            runner.AddJob(
                new JobDefinition("resize") { Queue = new QueueTrigger { Mode = QueueMode.Service } }, Shapes.AnyImage);
            new Bucket(stack, "Pictures").GrantRead(runner.Job("resize"));
        }).Template;

        var waitsFor = Assert.Single(template.OfType("AWS::ECS::Service")).Declaration["DependsOn"]!.AsArray();
        Assert.Contains(
            "JobsresizeTaskRoleDefaultPolicy", waitsFor.Select(id => Readable.WithoutHash(id!.GetValue<string>())));
    }

    [Fact]
    public void Number_of_tasks_follows_the_backlog_for_each()
    {
        var policy = Template.Named("JobsresizeServiceScalingBacklog");

        Assert.Equal(
            ("TargetTrackingScaling", "<JobsresizeServiceScalingTarget>"),
            (policy["PolicyType"], policy["ScalingTargetId"]));
        Assert.Equal(
            "{CustomizedMetricSpecification: {Dimensions: {Name: Stack, Value: jobs}, {Name: Job, Value: resize}, " +
            "MetricName: BacklogPerTask, Namespace: Jobs, Statistic: Average}, " +
            "ScaleInCooldown: 60, ScaleOutCooldown: 60, TargetValue: 50}",
            policy["TargetTrackingScalingPolicyConfiguration"]);
    }

    [Fact]
    public void Limits_are_those_declared_and_change_at_planned_times()
    {
        var target = Template.Named("JobsresizeServiceScalingTarget");

        Assert.Equal(
            ("ecs", "ecs:service:DesiredCount", "service/<JobsCluster>/<JobsresizeService.Name>", "1", "40"),
            (
                target["ServiceNamespace"],
                target["ScalableDimension"],
                target["ResourceId"],
                target["MinCapacity"],
                target["MaxCapacity"]));
        Assert.Equal(
            "{ScalableTargetAction: {MaxCapacity: 40, MinCapacity: 4}, Schedule: cron(0 6 ? * MON-FRI *), " +
            "ScheduledActionName: mornings, Timezone: Europe/Berlin}, " +
            "{ScalableTargetAction: {MaxCapacity: 2, MinCapacity: 0}, Schedule: cron(0 22 * * ? *), " +
            "ScheduledActionName: nights}",
            target["ScheduledActions"]);
    }

    [Fact]
    public void Bursts_add_tasks_at_once_counting_from_the_alarms_threshold()
    {
        var policy = Template.Named("JobsresizeServiceScalingSteps");
        var alarm = Template.Named("JobsresizeServiceScalingBurst");

        Assert.Equal("StepScaling", policy["PolicyType"]);
        Assert.Equal(
            "{AdjustmentType: ChangeInCapacity, Cooldown: 60, MetricAggregationType: Maximum, StepAdjustments: " +
            "{MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 9000, ScalingAdjustment: 5}, " +
            "{MetricIntervalLowerBound: 9000, ScalingAdjustment: 20}}",
            policy["StepScalingPolicyConfiguration"]);
        Assert.Equal(
            (
                "ApproximateNumberOfMessagesVisible",
                "{Name: QueueName, Value: <JobsresizeQueue.QueueName>}",
                "1000",
                "<JobsresizeServiceScalingSteps>"),
            (alarm["MetricName"], alarm["Dimensions"], alarm["Threshold"], alarm["AlarmActions"]));
    }

    [Fact]
    public void Service_as_it_comes_begins_with_nothing_and_has_neither_steps_nor_plans()
    {
        var target = Template.Named("JobsplainServiceScalingTarget");

        Assert.Equal(("0", "10", null), (target["MinCapacity"], target["MaxCapacity"], target["ScheduledActions"]));
        Assert.DoesNotContain(
            Template.OfType("AWS::ApplicationAutoScaling::ScalingPolicy"),
            policy => Readable.WithoutHash(policy.Id) == "JobsplainServiceScalingSteps");
    }

    [Fact]
    public void Alarms_with_actions_of_their_own_send_no_e_mail() => Assert.All(
        Template.OfType("AWS::CloudWatch::Alarm").Where(alarm =>
            (alarm["AlarmActions"] ?? alarm["InsufficientDataActions"]) != "<JobsAlertsTopic>"),
        alarm => Assert.Contains("No need to do anything", alarm["AlarmDescription"], StringComparison.Ordinal));

    private static Resource Service(string job) => Template.Named($"Jobs{job}Service");
}
