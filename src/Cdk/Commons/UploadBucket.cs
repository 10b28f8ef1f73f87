using Amazon.CDK.AWS.KMS;

namespace Jobs.Cdk.Commons;

/// <summary>A bucket whose uploads start jobs.</summary>
/// <param name="Name">In S3; a token where the app makes the bucket.</param>
/// <param name="Key">What its objects are encrypted with; null when reading them takes no grant of a key.</param>
internal sealed record UploadBucket(string Name, string Arn, IKey? Key);
