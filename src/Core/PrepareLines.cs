namespace Jobs.Core;

/// <summary>
/// The command lines that prepare what a stack was given and did not make: CloudFormation sets only what it makes. AWS
/// replaces each of these settings as a whole, so what is there is read first and written back with what is missing;
/// when it cannot be read, nothing is written. Run again, each changes nothing.
/// </summary>
public static class PrepareLines
{
    /// <summary>Statement by which a policy lets CloudWatch's alarms in.</summary>
    private const string Sid = "JobsAlarms";

    /// <summary>
    /// The cluster offers Fargate and Fargate Spot, besides what it offers.
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
    /// </summary>
    public static string OfferFargate(string cluster) => Line(
        $"aws ecs describe-clusters --clusters {cluster} --query 'clusters[0]' --output json",
        "{cluster: .clusterArn, capacityProviders: (.capacityProviders + [\"FARGATE\", \"FARGATE_SPOT\"] | unique), " +
        "defaultCapacityProviderStrategy: (.defaultCapacityProviderStrategy // [])}",
        "aws ecs put-cluster-capacity-providers --cli-input-json");

    /// <summary>
    /// Alarms may publish to the topic. https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    /// </summary>
    /// <param name="account">Whose alarms.</param>
    public static string LetAlarmsPublish(string topicArn, string account) => Line(
        $"aws sns get-topic-attributes --topic-arn {topicArn} --query Attributes.Policy --output text",
        With("\"sns:Publish\"", topicArn, account),
        $"aws sns set-topic-attributes --topic-arn {topicArn} --attribute-name Policy --attribute-value");

    /// <summary>
    /// Alarms may encrypt what they publish. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    /// </summary>
    /// <param name="account">Whose alarms.</param>
    public static string LetAlarmsEncrypt(string keyArn, string account) => Line(
        $"aws kms get-key-policy --key-id {keyArn} --policy-name default --query Policy --output text",
        With("[\"kms:Decrypt\", \"kms:GenerateDataKey*\"]", "*", account),
        $"aws kms put-key-policy --key-id {keyArn} --policy-name default --policy");

    private static string With(string actions, string resource, string account) =>
        $".Statement |= map(select(.Sid != \"{Sid}\")) + [{{Sid: \"{Sid}\", Effect: \"Allow\", " +
        $"Principal: {{Service: \"cloudwatch.amazonaws.com\"}}, Action: {actions}, Resource: \"{resource}\", " +
        $"Condition: {{StringEquals: {{\"aws:SourceAccount\": \"{account}\"}}}}}}]";

    /// <param name="read">Prints what is there.</param>
    /// <param name="change">What jq makes of it.</param>
    /// <param name="write">Takes the file with it.</param>
    private static string Line(string read, string change, string write) =>
        $"{read} > before.json && jq -ce '{change}' before.json > after.json && {write} file://after.json";
}
