using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;

namespace Jobs.Cdk.Ground;

/// <summary>Short forms for IAM.</summary>
internal static class Statements
{
    public static PolicyStatement Allow(
        string sid, string[] actions, string[] resources, Dictionary<string, object>? conditions = null) =>
        new(new PolicyStatementProps { Sid = sid, Actions = actions, Resources = resources, Conditions = conditions });

    public static PolicyStatement Send(string sid, IQueue queue) => Allow(sid, ["sqs:SendMessage"], [queue.QueueArn]);

    public static Dictionary<string, object> When(string operation, string key, params string[] values) =>
        new() { [operation] = new Dictionary<string, object> { [key] = values.Length == 1 ? values[0] : values } };
}
