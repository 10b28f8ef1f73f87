using System.Globalization;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// Conditional requests. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
/// </summary>
internal static class Preconditions
{
    /// <param name="prefix">Before the names of the headers: a copy has its own.</param>
    /// <returns>True when the client has it already: 304.</returns>
    /// <exception cref="ServiceError">PreconditionFailed.</exception>
    public static bool IsNotModified(WireRequest request, ObjectVersion version, string prefix = "")
    {
        if (request.Header($"{prefix}If-Match") is { } match)
        {
            if (!Matches(match, version)) throw S3Errors.PreconditionFailed($"{prefix}If-Match");
        }
        else if (Date(request, $"{prefix}If-Unmodified-Since") is { } before && Whole(version) > before)
        {
            throw S3Errors.PreconditionFailed($"{prefix}If-Unmodified-Since");
        }

        if (request.Header($"{prefix}If-None-Match") is { } none) return Matches(none, version);
        return Date(request, $"{prefix}If-Modified-Since") is { } since && Whole(version) <= since;
    }

    /// <summary>The condition of a write, to be checked at the moment of the write; null for none.</summary>
    public static Action<ObjectVersion?>? OfWrite(WireRequest request, string key)
    {
        var match = request.Header("If-Match");
        var none = request.Header("If-None-Match");
        if (none is not null and not "*") throw ServiceError.Unsupported("s3", "If-None-Match other than * on a write");
        if (match is null && none is null) return null;
        return newest =>
        {
            if (none is not null && newest is not null) throw S3Errors.PreconditionFailed("If-None-Match");
            if (match is null) return;
            if (newest is null) throw S3Errors.NoSuchKey(key);
            if (!Matches(match, newest)) throw S3Errors.PreconditionFailed("If-Match");
        };
    }

    private static bool Matches(string header, ObjectVersion version) =>
        header.Trim() == "*" || header.Split(',').Any(tag => tag.Trim().Trim('"') == version.ETag);

    private static DateTimeOffset? Date(WireRequest request, string header) =>
        DateTimeOffset.TryParse(
            request.Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    // HTTP dates have whole seconds.
    private static DateTimeOffset Whole(ObjectVersion version) =>
        DateTimeOffset.FromUnixTimeSeconds(version.LastModified.ToUnixTimeSeconds());
}
