using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>S3's errors in its words. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</summary>
internal static class S3Errors
{
    public static ServiceError FromStackOnly(string operation) => new(
        "NotImplemented",
        $"The local emulator does not implement {operation}: its buckets are those the stack declares.", 501);

    /// <param name="others">The buckets there are.</param>
    public static ServiceError NoSuchBucket(string bucket, IEnumerable<string> others) => new(
        "NoSuchBucket", $"The specified bucket does not exist. The stack has: {string.Join(", ", others)}.", 404)
    {
        Members = new Dictionary<string, JsonNode> { ["BucketName"] = bucket },
    };

    public static ServiceError NoSuchKey(string key) => new("NoSuchKey", "The specified key does not exist.", 404)
    {
        Members = new Dictionary<string, JsonNode> { ["Key"] = key },
    };

    public static ServiceError NoSuchVersion(string key, string version) =>
        new("NoSuchVersion", "The specified version does not exist.", 404)
        {
            Members = new Dictionary<string, JsonNode> { ["Key"] = key, ["VersionId"] = version },
        };

    public static ServiceError NoSuchUpload(string uploadId) => new(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or " +
        "completed.",
        404)
    {
        Members = new Dictionary<string, JsonNode> { ["UploadId"] = uploadId },
    };

    public static ServiceError MethodNotAllowed() =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);

    public static ServiceError KeyTooLong(int size, int limit) => new("KeyTooLongError", "Your key is too long")
    {
        Members = new Dictionary<string, JsonNode> { ["Size"] = size, ["MaxSizeAllowed"] = limit },
    };

    public static ServiceError PreconditionFailed(string condition) => new(
        "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412)
    {
        Members = new Dictionary<string, JsonNode> { ["Condition"] = condition },
    };

    public static ServiceError BadDigest(string algorithm) =>
        new("BadDigest", $"The {algorithm} you specified did not match what we received.");

    public static ServiceError InvalidArgument(string message, string name, string value) =>
        new("InvalidArgument", message)
        {
            Members = new Dictionary<string, JsonNode> { ["ArgumentName"] = name, ["ArgumentValue"] = value },
        };

    public static ServiceError MalformedXml() => new(
        "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
}
