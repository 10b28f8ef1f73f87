using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Metrics;

namespace Jobs.Cdk.Tasks;

/// <summary>
/// How many tasks a queue's service has: as many as the backlog is worth, more at once in a burst, within limits that
/// may change by the hour. What OnBacklog publishes is followed; the first task of a service without any is asked for
/// by OnBacklog itself. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
/// </summary>
internal sealed class ServiceScaling : Construct
{
    /// <summary>The metric comes once a minute: what the last change did is unknown until the next one.</summary>
    private const int CooldownSeconds = 60;

    private readonly CfnScalableTarget _target;

    /// <param name="service">As Application Auto Scaling names it: <c>service/CLUSTER/SERVICE</c>.</param>
    public ServiceScaling(Construct scope, string stack, Job job, QueueTrigger queue, string service)
        : base(scope, "Scaling")
    {
        var declared = queue.Service ?? new QueueService();
        _target = new CfnScalableTarget(this, "Target", new CfnScalableTargetProps
        {
            ServiceNamespace = "ecs",
            ScalableDimension = "ecs:service:DesiredCount",
            ResourceId = service,
            MinCapacity = declared.MinTasks,
            MaxCapacity = queue.MaxTasks,
            ScheduledActions = declared.Schedules.Count == 0 ? null : declared.Schedules.Select(Planned).ToArray(),
        });
        FollowBacklog(stack, job, queue);
        if (declared.Steps.Count > 0) StepUp(job, declared.Steps);
    }

    private static CfnScalableTarget.ScheduledActionProperty Planned(ScheduledScaling planned) => new()
    {
        ScheduledActionName = planned.Name,
        Schedule = planned.Expression,
        Timezone = planned.TimeZone,
        ScalableTargetAction = new CfnScalableTarget.ScalableTargetActionProperty
        {
            MinCapacity = planned.MinTasks,
            MaxCapacity = planned.MaxTasks,
        },
    };

    /// <summary>https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html</summary>
    private void FollowBacklog(string stack, Job job, QueueTrigger queue) =>
        _ = new CfnScalingPolicy(this, "Backlog", new CfnScalingPolicyProps
        {
            PolicyName = MetricNames.BacklogPerTask,
            PolicyType = "TargetTrackingScaling",
            ScalingTargetId = _target.Ref,
            TargetTrackingScalingPolicyConfiguration =
                new CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty
                {
                    TargetValue = queue.MessagesPerTask,
                    ScaleOutCooldown = CooldownSeconds,
                    ScaleInCooldown = CooldownSeconds,
                    CustomizedMetricSpecification = new CfnScalingPolicy.CustomizedMetricSpecificationProperty
                    {
                        Namespace = MetricNames.Namespace,
                        MetricName = MetricNames.BacklogPerTask,
                        Dimensions = new[] { Dimension(MetricNames.Stack, stack),
                    Dimension(MetricNames.Job, job.Definition.Name) },
                        Statistic = "Average",
                    },
                },
        });

    private static CfnScalingPolicy.MetricDimensionProperty Dimension(string name, string value) =>
        new() { Name = name, Value = value };

    private void StepUp(Job job, IReadOnlyList<ScalingStep> steps)
    {
        var threshold = steps[0].Messages;
        var policy = new CfnScalingPolicy(this, "Steps", new CfnScalingPolicyProps
        {
            PolicyName = "Burst",
            PolicyType = "StepScaling",
            ScalingTargetId = _target.Ref,
            StepScalingPolicyConfiguration = new CfnScalingPolicy.StepScalingPolicyConfigurationProperty
            {
                AdjustmentType = "ChangeInCapacity",
                Cooldown = CooldownSeconds,
                MetricAggregationType = "Maximum",
                StepAdjustments = steps.Select(
                    (step, i) => Adjustment(step, steps.ElementAtOrDefault(i + 1), threshold))
                    .ToArray(),
            },
        });
        _ = new CfnAlarm(this, "Burst", new CfnAlarmProps
        {
            AlarmDescription = $"{threshold} messages or more wait in the queue of {job.Definition.Name}. No need to " +
                "do anything: its service gets more tasks.",
            Namespace = "AWS/SQS",
            MetricName = "ApproximateNumberOfMessagesVisible",
            Dimensions = new[]
            {
                new CfnAlarm.DimensionProperty { Name = "QueueName", Value = job.Backlog!.Queue.QueueName },
            },
            Statistic = "Maximum",
            Period = 60,
            EvaluationPeriods = 1,
            Threshold = threshold,
            ComparisonOperator = "GreaterThanOrEqualToThreshold",
            TreatMissingData = "notBreaching",
            AlarmActions = [policy.Ref],
        });
    }

    /// <summary>
    /// Bounds count from the alarm's threshold.
    /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html
    /// </summary>
    private static CfnScalingPolicy.StepAdjustmentProperty Adjustment(
        ScalingStep step, ScalingStep? next, int threshold) => new()
        {
            MetricIntervalLowerBound = step.Messages - threshold,
            MetricIntervalUpperBound = next?.Messages - threshold,
            ScalingAdjustment = step.AddTasks,
        };
}
