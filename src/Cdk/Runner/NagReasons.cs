using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Runner;

/// <summary>
/// What cdk-nag's AwsSolutions finds in a runner and is meant so. What an author grants to a job is the author's, and
/// is found.
/// </summary>
internal static class NagReasons
{
    /// <summary>Of a role that may log in to ECR, which names no resource.</summary>
    private const string AnyResource = "Resource::*";

    /// <param name="runner">Complete.</param>
    /// <param name="functions">What of it is the functions'.</param>
    public static void Give(Construct runner, Construct functions)
    {
        var path = functions.Node.Path + "/";
        foreach (var resource in runner.Node.FindAll().OfType<CfnResource>())
        {
            Give(resource, resource.Node.Path.StartsWith(path, StringComparison.Ordinal));
        }
    }

    private static void Give(CfnResource resource, bool isOfFunctions)
    {
        switch (resource)
        {
            case CfnRole:
                NagReason.Give(resource, "AwsSolutions-IAM5", "Patterns of this stack's names and prefixes.");
                break;
            case CfnPolicy when isOfFunctions:
                NagReason.Give(
                    resource, "AwsSolutions-IAM5", "Patterns of this stack's names; * where an action has no resource.");
                break;
            case CfnPolicy:
                NagReason.Give(resource, "AwsSolutions-IAM5", "The login to ECR names no resource.", AnyResource);
                break;
            case CfnTaskDefinition:
                NagReason.Give(resource, "AwsSolutions-ECS2", "Variables are names and settings; secrets are Secrets.");
                break;
            case CfnCluster:
                NagReason.Give(resource, "AwsSolutions-ECS4", "JobRunnerProps.ContainerInsights, charged by metric.");
                break;
            case CfnFunction:
                NagReason.Give(resource, "AwsSolutions-L1", "provided.al2023 and dotnet10 are the newest for .NET 10.");
                break;
            case CfnBucket:
                NagReason.Give(resource, "AwsSolutions-S1", "JobRunnerProps.AccessLogs names the bucket for them.");
                break;
            case CfnQueue { RedrivePolicy: null }:
                NagReason.Give(resource, "AwsSolutions-SQS3", "It is where dead letters end.");
                break;
            case CfnVPC:
                NagReason.Give(resource, "AwsSolutions-VPC7", "JobRunnerProps.Vpc is for a network with flow logs.");
                break;
        }
    }
}
