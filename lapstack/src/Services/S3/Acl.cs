using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// Access control lists, which a bucket does not have whose owner owns everything in it, as is AWS's default.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
/// </summary>
internal static class Acl
{
    /// <summary>The one that changes nothing.</summary>
    private const string OwnersOnly = "bucket-owner-full-control";

    /// <exception cref="ServiceError">AccessControlListNotSupported: a header asks for another one.</exception>
    public static void Check(WireRequest request) => Check(
        request.Header("x-amz-acl"), request.Headers.Keys.Any(
            name => name.StartsWith("x-amz-grant-", StringComparison.OrdinalIgnoreCase)));

    /// <param name="name">Of a canned list; null for none.</param>
    public static void Check(string? name, bool grants = false)
    {
        if (name is not (null or OwnersOnly) || grants) throw NotSupported();
    }

    public static ServiceError NotSupported() => new("AccessControlListNotSupported", "The bucket does not allow ACLs");
}
