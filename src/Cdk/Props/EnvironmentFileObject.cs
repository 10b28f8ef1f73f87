using Amazon.CDK.AWS.S3;

namespace Jobs;

/// <summary>A file of <c>NAME=value</c> lines in S3 that ECS reads when the task starts.</summary>
/// <param name="Bucket">Where it is.</param>
/// <param name="Key">Must end in <c>.env</c>.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html</param>
public sealed record EnvironmentFileObject(IBucket Bucket, string Key);
