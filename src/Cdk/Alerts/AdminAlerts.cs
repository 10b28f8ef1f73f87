using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;
using Function = Amazon.CDK.AWS.Lambda.Function;

namespace Jobs.Cdk.Alerts;

/// <summary>
/// How people are told: an encrypted topic with the admins' addresses and those that jobs notify, fed by the functions
/// and by alarms, and one for successes where a job has them told.
/// </summary>
internal sealed class AdminAlerts : Construct
{
    private readonly SnsAction _notify;
    private readonly IReadOnlyList<string> _emails;

    public AdminAlerts(Construct scope, string id, JobRunnerProps props)
        : base(scope, id)
    {
        _emails = props.AdminEmails;
        Key = props.Key ?? (props.AlertTopic is null ? CreateKey() : null);
        Topic = props.AlertTopic ?? CreateTopic(this, "Topic");
        LetsAlarmsEncrypt = Key?.AddToResourcePolicy(
            AlarmsMay("AlarmsEncrypt", ["kms:Decrypt", "kms:GenerateDataKey*"], "*"), true).StatementAdded ?? true;
        LetsAlarmsPublish = Topic.AddToResourcePolicy(
            AlarmsMay("AlarmsPublish", ["sns:Publish"], Topic.TopicArn)).StatementAdded;
        foreach (var email in _emails.Distinct()) Topic.AddSubscription(new EmailSubscription(email));
        HasChat = props.SlackChannels.Count + props.TeamsChannels.Count > 0;
        if (HasChat) _ = new ChatChannels(this, Topic.TopicArn, props);
        _notify = new SnsAction(Topic);
    }

    public ITopic Topic { get; }

    /// <summary>What those subscribe to who hear of successes; null where there are none.</summary>
    public Topic? Successes { get; private set; }

    /// <summary>Chat channels are subscribed to the topic.</summary>
    public bool HasChat { get; }

    /// <summary>With which the topics are encrypted; null for none that is known.</summary>
    public IKey? Key { get; }

    /// <summary>False of a topic of another app, whose owner has to.</summary>
    public bool LetsAlarmsPublish { get; }

    /// <summary>False of a key of another app, whose owner has to.</summary>
    public bool LetsAlarmsEncrypt { get; }

    /// <summary>
    /// Subscribes whom the jobs notify. Admins filter nothing: they are told of every failure, and alarms have no
    /// attribute to filter by.
    /// </summary>
    /// <param name="scope">Where the topic of successes is made, if there is to be one.</param>
    public void Notify(Construct scope, IReadOnlyCollection<JobDefinition> jobs)
    {
        Subscribe(Topic, JobRecipients.OfFailures(jobs, _emails));
        var successes = JobRecipients.OfSuccesses(jobs);
        if (successes.Count == 0) return;
        Successes = CreateTopic(scope, "Successes");
        Subscribe(Successes, successes);
    }

    public void WhenNotEmpty(Construct scope, Queue queue, string description) => Alarm(
        scope,
        "NotEmpty",
        description,
        queue.MetricApproximateNumberOfMessagesVisible(
            new MetricOptions { Period = Duration.Minutes(1), Statistic = "Maximum" }));

    public void WhenFailing(Construct scope, Function function, string description) => Alarm(
        scope,
        "Failing",
        description,
        function.MetricErrors(new MetricOptions { Period = Duration.Minutes(5), Statistic = "Sum" }));

    /// <summary>When the oldest message of a queue has waited longer than a burst ever makes it.</summary>
    public void WhenBehind(Construct scope, Queue queue, Duration limit, string description) => Alarm(
        scope,
        "Behind",
        description,
        queue.MetricApproximateAgeOfOldestMessage(
            new MetricOptions { Period = Duration.Minutes(1), Statistic = "Maximum" }),
        limit.ToSeconds());

    /// <summary>
    /// When a function that must run each minute has not for five: there are no data. A new alarm has none either, and
    /// tells only of a change.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    /// </summary>
    public void WhenSilent(Construct scope, Function function, string description)
    {
        var alarm = new Alarm(scope, "Silent", new AlarmProps
        {
            AlarmDescription = description,
            Metric = function.MetricInvocations(new MetricOptions { Period = Duration.Minutes(1), Statistic = "Sum" }),
            Threshold = 1,
            EvaluationPeriods = 5,
            ComparisonOperator = ComparisonOperator.LESS_THAN_THRESHOLD,
            TreatMissingData = TreatMissingData.MISSING,
        });
        alarm.AddInsufficientDataAction(_notify);
        alarm.AddOkAction(_notify);
    }

    /// <summary>When an event that a function failed on could not even be kept in its dead-letter queue.</summary>
    public void WhenLosing(Construct scope, Function function, string description) => Alarm(
        scope,
        "Losing",
        description,
        function.Metric(
            "DestinationDeliveryFailures", new MetricOptions { Period = Duration.Minutes(5), Statistic = "Sum" }));

    /// <summary>When a metric has this value or a greater one; without values there is nothing to tell.</summary>
    public void WhenAtLeast(Construct scope, string id, string description, Metric metric, double threshold) =>
        Alarm(scope, id, description, metric, threshold);

    private void Alarm(Construct scope, string id, string description, Metric metric, double threshold = 1)
    {
        var alarm = new Alarm(scope, id, new AlarmProps
        {
            AlarmDescription = description,
            Metric = metric,
            Threshold = threshold,
            EvaluationPeriods = 1,
            ComparisonOperator = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        alarm.AddAlarmAction(_notify);
        alarm.AddOkAction(_notify);
    }

    private static void Subscribe(ITopic topic, IReadOnlyDictionary<string, string[]> recipients)
    {
        foreach (var (email, jobs) in recipients)
        {
            topic.AddSubscription(new EmailSubscription(email, new EmailSubscriptionProps
            {
                FilterPolicy = new Dictionary<string, SubscriptionFilter>
                {
                    [Names.JobAttribute] = SubscriptionFilter.StringFilter(new StringConditions { Allowlist = jobs }),
                },
            }));
        }
    }

    private Topic CreateTopic(Construct scope, string id) => new(
        scope, id, new TopicProps { DisplayName = Stack.Of(this).StackName, MasterKey = Key, EnforceSSL = true });

    private Key CreateKey() => new(this, "Key", new KeyProps
    {
        Description = "Encrypts the alerts of the job runner. AWS's own key for SNS would not let alarms publish.",
        EnableKeyRotation = true,
        RemovalPolicy = RemovalPolicy.DESTROY,
        PendingWindow = Duration.Days(7),
    });

    /// <summary>
    /// A topic policy replaces the one every topic begins with, so alarms must be let in by name.
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    /// </summary>
    private PolicyStatement AlarmsMay(string sid, string[] actions, string resource) => new(new PolicyStatementProps
    {
        Sid = sid,
        Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
        Actions = actions,
        Resources = [resource],
        Conditions = new Dictionary<string, object>
        {
            ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account },
        },
    });
}
