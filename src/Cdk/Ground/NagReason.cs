using Amazon.CDK;

namespace Jobs.Cdk.Ground;

/// <summary>
/// Why a finding of cdk-nag is meant so, in the resource's metadata, where cdk-nag reads it: an author who checks an
/// app gets the findings of what the author wrote. https://github.com/cdklabs/cdk-nag#suppressing-a-rule
/// </summary>
internal static class NagReason
{
    /// <param name="rule">Such as AwsSolutions-S1.</param>
    /// <param name="reason">In a line.</param>
    /// <param name="findings">Of the rule, those that are meant so; none for all.</param>
    public static void Give(CfnResource resource, string rule, string reason, params string[] findings)
    {
        var suppression = new Dictionary<string, object> { ["id"] = rule, ["reason"] = reason };
        if (findings.Length > 0) suppression["applies_to"] = findings;
        resource.AddMetadata(
            "cdk_nag", new Dictionary<string, object> { ["rules_to_suppress"] = new object[] { suppression } });
    }
}
