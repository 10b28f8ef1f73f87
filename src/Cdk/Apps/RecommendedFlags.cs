using Amazon.CDK;

namespace Jobs.Cdk.Apps;

/// <summary>
/// CDK's feature flags, set here and not in cdk.json, so that the template is the same whether the CDK CLI or the
/// laptop starts the app. https://docs.aws.amazon.com/cdk/v2/guide/featureflags.html
/// </summary>
internal static class RecommendedFlags
{
    private static readonly string[] On =
    [
        "@aws-cdk/core:checkSecretUsage",
        "@aws-cdk/core:enablePartitionLiterals",
        "@aws-cdk/core:includePrefixInUniqueNameGeneration",
        "@aws-cdk/aws-ecs:arnFormatIncludesClusterName",
        "@aws-cdk/aws-ecs:disableExplicitDeploymentControllerForCircuitBreaker",
        "@aws-cdk/aws-efs:denyAnonymousAccess",
        "@aws-cdk/aws-iam:minimizePolicies",
        "@aws-cdk/aws-iam:standardizedServicePrincipals",
        "@aws-cdk/aws-kms:aliasNameRef",
        "@aws-cdk/aws-lambda:recognizeLayerVersion",
        "@aws-cdk/aws-lambda:recognizeVersionProps",
        "@aws-cdk/aws-s3:createDefaultLoggingPolicy",
        "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy",
    ];

    /// <summary>Sets each flag that the properties' own context does not.</summary>
    public static AppProps AddTo(AppProps props)
    {
        var context = On.ToDictionary(flag => flag, object (_) => true);
        foreach (var (name, value) in props.Context ?? new Dictionary<string, object>()) context[name] = value;
        props.Context = context;
        return props;
    }
}
