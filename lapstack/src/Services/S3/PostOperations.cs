using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lapstack.Services.S3;

/// <summary>
/// POST Object: the upload of a browser's form. Who signed its policy is the caller, and is authorized here: the
/// request itself has no signature.
/// </summary>
internal sealed class PostOperations(
    Buckets buckets, Blobs blobs, ObjectWriter writer, Sessions sessions, IAuthorizer authorizer, Account account,
        TimeProvider clock) : IS3Operations
{
    private static readonly Dictionary<string, string> NoTags = [];

    public IEnumerable<S3Route> Routes => [new("POST", S3Level.Bucket, null, PostAsync)];

    private async Task<Operation> PostAsync(S3Request request, CancellationToken cancellation)
    {
        var form = await PostForm.ReadAsync(request.Wire, cancellation);
        var fields = form.Fields;
        var key = fields.GetValueOrDefault("key")?.Replace("${filename}", form.FileName, StringComparison.Ordinal);
        if (string.IsNullOrEmpty(key))
        {
            throw S3Errors.InvalidArgument(
                "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the " +
                "fields.",
                "key",
                "");
        }

        Allow(FindCaller(fields), new AccessRequest("s3:PutObject", $"{request.BucketArn}/{key}"));
        var size = fields.TryGetValue("policy", out var encoded)
            ? Check(new PostPolicy(encoded), request, fields)
            : (Least: 0, Most: long.MaxValue);
        Acl.Check(fields.GetValueOrDefault("acl"));
        var headers = ObjectHeaders.Read(AsHeaders(request.Wire, fields));
        if (fields.ContainsKey("tagging")) throw ServiceError.Unsupported("s3", "POST Object with the field tagging");
        return new("PostObject", [], async stop =>
        {
            var bucket = buckets.Get(request.Bucket);
            using var digests = new Digests([]);
            var blob = await blobs.WriteAsync(form.File, digests, () => CheckSize(digests.Size, size), stop);
            var content = new ObjectContent(
                [blob], Convert.ToHexStringLower(digests.Md5()), headers, new Dictionary<string, string>(), NoTags);
            return Answer(request, fields, await writer.AddAsync(bucket, key, content, "POST Object", request.Wire));
        });
    }

    /// <summary>The fields are what headers are elsewhere.</summary>
    private static WireRequest AsHeaders(WireRequest request, IReadOnlyDictionary<string, string> fields) => new()
    {
        RequestId = request.RequestId,
        Caller = request.Caller,
        Method = request.Method,
        RawPath = request.RawPath,
        Query = request.Query,
        Headers = new HeaderDictionary(
            fields.ToDictionary(
                field => field.Key, field => new StringValues(field.Value), StringComparer.OrdinalIgnoreCase)),
        Host = request.Host,
        Body = Stream.Null,
    };

    private (long Least, long Most) Check(
        PostPolicy policy, S3Request request, IReadOnlyDictionary<string, string> fields)
    {
        policy.Check(
            new Dictionary<string, string>(fields, StringComparer.OrdinalIgnoreCase) { ["bucket"] = request.Bucket },
            clock.GetUtcNow());
        return policy.Size;
    }

    /// <summary>
    /// As for every other request: a key that the emulator issued must have signed; any other, or none, is the owner's.
    /// </summary>
    private Caller FindCaller(IReadOnlyDictionary<string, string> fields)
    {
        var scope = (fields.GetValueOrDefault("x-amz-credential") ?? "").Split('/');
        if (!Sessions.IsOurs(scope[0])) return Caller.Owner(account.Id);
        if (sessions.Find(scope[0]) is not { } session
            || session.Credentials.SessionToken != fields.GetValueOrDefault("x-amz-security-token"))
            throw new ServiceError(
                "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403);
        if (session.Credentials.Expiration < clock.GetUtcNow())
        {
            throw new ServiceError("ExpiredToken", "The provided token has expired.");
        }

        var key = Encoding.UTF8.GetBytes("AWS4" + session.Credentials.SecretAccessKey);
        foreach (var part in scope[1..].Append(fields.GetValueOrDefault("policy") ?? ""))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var signature = Encoding.ASCII.GetBytes(fields.GetValueOrDefault("x-amz-signature") ?? "");
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)), signature)
            ? session.Caller
            : throw new ServiceError(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and " +
            "signing method.", 403);
    }

    private void Allow(Caller caller, AccessRequest access)
    {
        if (authorizer.Refusal(caller, access) is { } refusal)
            throw new ServiceError("AccessDenied", refusal.Sentence, 403);
    }

    private static void CheckSize(long size, (long Least, long Most) allowed)
    {
        if (size < allowed.Least)
        {
            throw new ServiceError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }

        if (size > allowed.Most)
        {
            throw new ServiceError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
        }
    }

    private static WireResponse Answer(
        S3Request request, IReadOnlyDictionary<string, string> fields, ObjectVersion version)
    {
        var location = $"http://{request.Wire.Host}/{request.Bucket}/{Uri.EscapeDataString(version.Key)}";
        var headers = ObjectHeaders.Written(version);
        headers["Location"] = location;
        if ((fields.GetValueOrDefault("success_action_redirect") ?? fields.GetValueOrDefault("redirect")) is { } target
            && Uri.TryCreate(target, UriKind.Absolute, out _))
        {
            headers["Location"] =
                $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}bucket={request.Bucket}"
                + $"&key={Uri.EscapeDataString(version.Key)}&etag={Uri.EscapeDataString(S3Xml.Quoted(version.ETag))}";
            return new WireResponse { Status = 303, ContentLength = 0, Headers = headers };
        }
        if (fields.GetValueOrDefault("success_action_status") is not "201")
            return new WireResponse
            {
                Status = fields.GetValueOrDefault("success_action_status") == "200" ? 200 : 204,
                ContentLength = 0,
                Headers = headers,
            };
        var body = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new XElement(
            "PostResponse",
            new XElement("Location", location),
            new XElement("Bucket", request.Bucket),
            new XElement("Key", version.Key),
            new XElement("ETag", S3Xml.Quoted(version.ETag))).ToString(SaveOptions.DisableFormatting));
        return new WireResponse
        {
            Status = 201,
            ContentType = "application/xml",
            ContentLength = body.Length,
            Headers = headers,
            Body = (stream, cancellation) => stream.WriteAsync(body, cancellation).AsTask(),
        };
    }
}
