using System.Text.Json.Nodes;

namespace Jobs.Cdk.Checks;

/// <summary>
/// How many characters IAM counts in a policy: all but white space. What only deployment knows is estimated from above.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
/// </summary>
internal static class PolicySize
{
    /// <summary>The longest name that CloudFormation gives to what our policies refer to.</summary>
    private const int MaxName = 64;

    /// <summary>What stands before the name in an ARN: partition, service, Region, account, type.</summary>
    private const int ArnWithoutName = 70;

    /// <summary>Hyphens and the random end of a name that CloudFormation gives.</summary>
    private const int NameEnd = 14;

    /// <param name="document">As the template has it, with references.</param>
    /// <param name="stack">Name of the stack, with which names that CloudFormation gives begin.</param>
    public static int Of(JsonNode? document, string stack) => document switch
    {
        null => 0,
        JsonArray array => 1 + array.Sum(item => Of(item, stack) + 1),
        JsonObject { Count: 1 } call when call["Fn::Join"] is JsonArray join => 2 + JoinedOf(join, stack),
        JsonObject { Count: 1 } call when IsReference(call) => 2 + ReferenceOf(call, stack),
        JsonObject other => 1 + other.Sum(member => member.Key.Length + 4 + Of(member.Value, stack)),
        _ => document.ToJsonString().Length,
    };

    private static bool IsReference(JsonObject call) => call.ContainsKey("Ref") || call.ContainsKey("Fn::GetAtt");

    private static int JoinedOf(JsonArray join, string stack)
    {
        var parts = join[1]!.AsArray();
        return parts.Sum(part => Of(part, stack) - 2) + (Math.Max(parts.Count - 1, 0) * join[0]!.ToString().Length);
    }

    private static int ReferenceOf(JsonObject call, string stack) => call["Ref"]?.ToString() switch
    {
        "AWS::Partition" => "aws-us-gov".Length,
        "AWS::Region" => "ap-southeast-1".Length,
        "AWS::AccountId" => 12,
        { } id => NameOf(id, stack),
        null => ArnWithoutName + NameOf(call["Fn::GetAtt"]![0]!.ToString(), stack),
    };

    private static int NameOf(string id, string stack) => Math.Min(MaxName, stack.Length + id.Length + NameEnd);
}
