using System.Text.Json.Nodes;

namespace Lapstack.Services.S3;

/// <summary>What the template says of a bucket.</summary>
/// <param name="Declared">The properties of its AWS::S3::Bucket.</param>
/// <param name="Policy">As JSON; null for none. Access reads it from the stack: here it is only shown.</param>
internal sealed record BucketSettings(JsonObject Declared, string? Policy)
{
    public static readonly BucketSettings None = new([], null);
}
