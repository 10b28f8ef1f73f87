using System.Xml.Linq;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// What a client says about the bytes it sends, and whether it is so.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
/// </summary>
internal static class Checksums
{
    private const string Prefix = "x-amz-checksum-";
    private static readonly string[] Algorithms = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"];
    private static readonly int[] Sizes = [4, 4, 8, 20, 32];

    /// <summary>
    /// The digests to compute while the body streams: those in headers, those announced as trailers, and the signed
    /// payload's.
    /// </summary>
    /// <exception cref="ServiceError">InvalidDigest or InvalidRequest: a header is no digest at all.</exception>
    public static IEnumerable<string> Wanted(WireRequest request)
    {
        if (request.Header("Content-MD5") is { } md5 && !IsDigest(md5, 16))
        {
            throw new ServiceError("InvalidDigest", "The Content-MD5 you specified was invalid.");
        }

        foreach (var algorithm in Algorithms) RequireDigest(algorithm, request.Header(Prefix + algorithm));
        var trailer = request.Header("x-amz-trailer") ?? "";
        var named = Algorithms.Where(
            a =>
                request.Header(Prefix + a) is not null
                    || trailer.Contains(Prefix + a, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (SignedPayload(request) is not null && !named.Contains("sha256")) named.Add("sha256");
        return named;
    }

    /// <summary>Checks everything the client said; call it when the body has ended.</summary>
    /// <returns>The checksums to keep, by header name.</returns>
    /// <exception cref="ServiceError">BadDigest, InvalidDigest, XAmzContentSHA256Mismatch or
    /// IncompleteBody.</exception>
    public static Dictionary<string, string> Verify(WireRequest request, Digests digests)
    {
        if (request.Header("x-amz-decoded-content-length") is { } length
            && length != digests.Size.ToString(System.Globalization.CultureInfo.InvariantCulture))
            throw new ServiceError(
                "IncompleteBody",
                "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.");
        if (request.Header("Content-MD5") is { Length: > 0 } md5 && md5 != Convert.ToBase64String(digests.Md5()))
        {
            throw S3Errors.BadDigest("Content-MD5");
        }

        if (digests.Value("sha256") is { } hash) VerifySigned(request, hash);
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var algorithm in Algorithms)
        {
            var said = request.Header(Prefix + algorithm) ?? request.Trailers.GetValueOrDefault(Prefix + algorithm);
            if (said is null) continue;
            RequireDigest(algorithm, said);
            if (said != Convert.ToBase64String(digests.Value(algorithm)!))
            {
                throw S3Errors.BadDigest(algorithm.ToUpperInvariant());
            }

            kept[Prefix + algorithm] = said;
        }

        return kept;
    }

    /// <summary>Checks that the client signed these bytes, if it says which.</summary>
    /// <exception cref="ServiceError">XAmzContentSHA256Mismatch.</exception>
    public static void VerifySigned(WireRequest request, byte[] hash)
    {
        if (SignedPayload(request) is { } signed && Convert.ToHexStringLower(hash) != signed)
            throw new ServiceError(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    /// <summary>
    /// The checksum of a multipart object made of its parts' checksums; empty when the parts do not share an algorithm.
    /// </summary>
    public static Dictionary<string, string> Composite(IReadOnlyList<IReadOnlyDictionary<string, string>> parts)
    {
        foreach (var algorithm in Algorithms.Where(a => a != "crc64nvme" && parts.All(p => p.ContainsKey(Prefix + a))))
        {
            using var digests = new Digests([algorithm]);
            foreach (var part in parts) digests.Append(Convert.FromBase64String(part[Prefix + algorithm]));
            return new()
            {
                [Prefix + algorithm] = $"{Convert.ToBase64String(digests.Value(algorithm)!)}-{parts.Count}",
            };
        }

        return [];
    }

    /// <summary>The checksums of a whole object that has been read anew.</summary>
    public static Dictionary<string, string> Of(Digests digests, IEnumerable<string> algorithms) =>
        algorithms.ToDictionary(
            algorithm => Prefix + algorithm,
            algorithm => Convert.ToBase64String(digests.Value(algorithm)!),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>The algorithms that a copy has its checksums of: the one that is asked for, or its source's.</summary>
    public static IReadOnlyList<string> OfCopy(WireRequest request, ObjectVersion source)
    {
        if (request.Header("x-amz-checksum-algorithm")?.ToLowerInvariant() is not { } asked)
        {
            return [.. source.Checksums.Keys.Select(name => name[Prefix.Length..])];
        }

        return Algorithms.Contains(asked)
            ? [asked]
            : throw new ServiceError("InvalidRequest", "Checksum algorithm provided is unsupported.");
    }

    /// <summary>Adds what is said of an object's checksums.</summary>
    public static void Describe(Dictionary<string, string> headers, IReadOnlyDictionary<string, string> checksums)
    {
        foreach (var (name, value) in checksums)
        {
            headers[name] = value;
            headers["x-amz-checksum-type"] = TypeOf(value);
        }
    }

    /// <summary>The same as elements, such as <c>ChecksumCRC32</c>.</summary>
    public static IEnumerable<XElement> Elements(IReadOnlyDictionary<string, string> checksums) =>
        checksums.SelectMany(pair => (XElement[])
    [
        new(
            $"Checksum{pair.Key[Prefix.Length..].ToUpperInvariant()}",
            pair.Value), new("ChecksumType", TypeOf(pair.Value)),
    ]);

    private static string TypeOf(string checksum) =>
        checksum.Contains('-', StringComparison.Ordinal) ? "COMPOSITE" : "FULL_OBJECT";

    private static void RequireDigest(string algorithm, string? said)
    {
        if (said is not null && !IsDigest(said, Sizes[Array.IndexOf(Algorithms, algorithm)]))
            throw new ServiceError("InvalidRequest", $"Value for {Prefix}{algorithm} header is invalid.");
    }

    private static bool IsDigest(string text, int size) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length == size;

    private static string? SignedPayload(WireRequest request) =>
        request.Header("x-amz-content-sha256") is { Length: 64 } hash ? hash : null;
}
