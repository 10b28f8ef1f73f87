using System.Text.RegularExpressions;

namespace Jobs.Cli.Import;

/// <summary>A generated file: what it uses, its namespace, its type.</summary>
internal static partial class SourceText
{
    public const string Namespace = "JobsFromCopilot";

    /// <summary>The names of each that generated code has.</summary>
    private static readonly (string Using, string[] Names)[] Usings =
    [
        ("Amazon.CDK", ["App", "ArnComponents", "ArnFormat", "Duration", "Fn", "Stack", "StackProps"]),
        ("Amazon.CDK.AWS.ECS",
        [
            "AssetImageProps", "AuthorizationConfig", "ContainerDefinition", "ContainerDefinitionOptions",
            "ContainerDependencyCondition", "ContainerImage", "EfsVolumeConfiguration", "EnvironmentFile",
            "FargateTaskDefinition", "FireLensLogDriverProps", "HealthCheck", "LogDrivers", "MountPoint", "PortMapping",
            "RepositoryImageProps", "Secret", "SecretVersionInfo", "Volume",
        ]),
        ("Amazon.CDK.AWS.Ecr.Assets", ["Platform_"]),
        ("Amazon.CDK.AWS.IAM", ["PolicyStatement", "PolicyStatementProps"]),
        ("Amazon.CDK.AWS.S3.Assets", ["Asset", "AssetProps"]),
        ("Amazon.CDK.AWS.SNS", ["ITopic", "SubscriptionFilter", "Topic", "TopicProps"]),
        ("Amazon.CDK.AWS.SNS.Subscriptions", ["SqsSubscription", "SqsSubscriptionProps"]),
        ("Amazon.CDK.AWS.SQS",
            ["CfnQueue", "DeadLetterQueue", "DeduplicationScope", "FifoThroughputLimit", "Queue", "QueueEncryption"]),
        ("Amazon.CDK.AWS.SSM", ["SecureStringParameterAttributes", "StringParameter"]),
        ("Constructs", ["Construct"]),
        ("Jobs", ["Architecture", "Job", "JobDefinition", "JobProps", "JobRunner", "JobRunnerProps"]),
        // CDK itself has one of this name, too.
        ("DockerCacheOption = Amazon.CDK.AWS.Ecr.Assets.DockerCacheOption", ["DockerCacheOption"]),
        ("ECR = Amazon.CDK.AWS.ECR", ["ECR"]),
        ("SecretsManager = Amazon.CDK.AWS.SecretsManager", ["SecretsManager"]),
    ];

    /// <param name="type">The type, with its comment.</param>
    public static string Of(string type)
    {
        var names = Name().Matches(Text().Replace(type, "")).Select(match => match.Value).ToHashSet();
        var usings = Usings.Where(one => one.Names.Any(names.Contains)).Select(one => $"using {one.Using};");
        return $"{string.Join('\n', usings)}\n\nnamespace {Namespace};\n\n{type}".ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Name();

    /// <summary>Comments and texts use nothing.</summary>
    [GeneratedRegex(@"//.*|""(\\.|[^""\\])*""")]
    private static partial Regex Text();
}
