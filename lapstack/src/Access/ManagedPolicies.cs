using System.Text.Json.Nodes;

namespace Lapstack.Access;

/// <summary>
/// The policies AWS manages that a stack of functions and tasks attaches.
/// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
/// </summary>
internal static class ManagedPolicies
{
    private static readonly string[] Logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

    private static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["service-role/AWSLambdaBasicExecutionRole"] = Logs,
        ["service-role/AWSLambdaSQSQueueExecutionRole"] =
        [
            .. Logs, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
        ],
        ["service-role/AmazonECSTaskExecutionRolePolicy"] =
        [
            "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream", "logs:PutLogEvents",
        ],
        ["AWSXRayDaemonWriteAccess"] =
        [
            "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
        ],
    };

    /// <summary>Null when this policy is not known here.</summary>
    public static Policy? Find(string arn)
    {
        const string prefix = "arn:aws:iam::aws:policy/";
        if (!arn.StartsWith(prefix, StringComparison.Ordinal)
            || !Actions.TryGetValue(arn[prefix.Length..], out var actions))
        {
            return null;
        }

        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray([.. actions.Select(a => (JsonNode)a)]),
            ["Resource"] = "*",
        };
        return Policy.Parse(
            PolicyKind.Identity,
            arn[prefix.Length..],
            new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statement });
    }
}
