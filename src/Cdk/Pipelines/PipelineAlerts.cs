using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using Jobs.Cdk.Ground;
using EventTargets = Amazon.CDK.AWS.Events.Targets;

namespace Jobs.Cdk.Pipelines;

/// <summary>Tells people that the pipeline failed, or awaits them.</summary>
internal sealed class PipelineAlerts : Construct
{
    public PipelineAlerts(Construct scope, string id, Artifacts artifacts, IReadOnlyList<string> emails)
        : base(scope, id)
    {
        Topic = new Topic(this, "Topic", new TopicProps
        {
            DisplayName = artifacts.Name,
            MasterKey = artifacts.Key,
            EnforceSSL = true,
        });
        foreach (var email in emails) Topic.AddSubscription(new EmailSubscription(email));
        artifacts.Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "EncryptAlerts",
            Principals = [new ServicePrincipal("events.amazonaws.com")],
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = ["*"],
        }));
        _ = new Rule(this, "Failed", new RuleProps
        {
            Description = $"Runs of the pipeline {artifacts.Name} that failed",
            EventPattern = new EventPattern
            {
                Source = ["aws.codepipeline"],
                DetailType = ["CodePipeline Pipeline Execution State Change"],
                Detail = new Dictionary<string, object>
                {
                    ["pipeline"] = new[] { artifacts.Name },
                    ["state"] = new[] { "FAILED" },
                },
            },
            Targets =
            [
                new EventTargets.SnsTopic(Topic, new EventTargets.SnsTopicProps { Message = Message(artifacts.Name) }),
            ],
        });
    }

    public Topic Topic { get; }

    /// <summary>Asks people to approve.</summary>
    public PolicyStatement Publish() => Statements.Allow("Publish", ["sns:Publish"], [Topic.TopicArn]);

    private static RuleTargetInput Message(string pipeline) => RuleTargetInput.FromText(
        $"Pipeline {pipeline} failed in execution {EventField.FromPath("$.detail.execution-id")}. A stage that was " +
        "deployed and failed its verification is being rolled back to its last success. What failed: " +
        $"aws codepipeline get-pipeline-state --name {pipeline} --region {EventField.FromPath("$.region")}");
}
