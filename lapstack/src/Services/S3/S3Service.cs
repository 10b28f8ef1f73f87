using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>S3 on the wire: finds the operation by method, path and query.</summary>
internal sealed class S3Service(IEnumerable<IS3Operations> operations, CorsOperations cors) : IService
{
    // Query parameters that select another operation of the same method and path; one we lack must not fall through to
    // GetObject.
    private static readonly HashSet<string> Subresources = new(StringComparer.Ordinal)
    {
        "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering",
        "inventory", "legal-hold",
        "lifecycle", "list-type", "location", "logging", "metrics", "notification", "object-lock", "ownershipControls",
        "partNumber", "policy",
        "policyStatus", "publicAccessBlock", "replication", "requestPayment", "restore", "retention", "select",
        "tagging", "torrent",
        "uploadId", "uploads", "versioning", "versions", "website",
    };

    private readonly S3Route[] _routes = [.. operations.SelectMany(o => o.Routes)];

    public string Name => "s3";

    public Protocol Protocol => Protocol.RestXml;

    public string XmlNamespace => S3Xml.Namespace;

    public async Task<Operation> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        var s3 = S3Request.Read(request);
        return request.Method == "OPTIONS"
            ? cors.Preflight(s3)
            : cors.Open(s3, await FindAsync(s3, request, cancellation));
    }

    private Task<Operation> FindAsync(S3Request s3, WireRequest request, CancellationToken cancellation)
    {
        var asked = request.Query.Keys.Where(Subresources.Contains).ToList();
        var route = _routes.FirstOrDefault(r =>
            r.Method == request.Method
            && r.Level == s3.Level
            && (r.Subresource is null ? asked.Count == 0 : asked.Contains(r.Subresource))
            && (r.Header is null || request.Header(r.Header) is not null));
        return route?.ReadAsync(s3, cancellation) ?? throw ServiceError.Unsupported(
            "s3",
            $"{request.Method} on " +
            $"{(s3.Level switch { S3Level.Service => "the account", S3Level.Bucket => "a bucket", _ => "an object" })}{string.Concat(asked.Select(a => $" ?{a}"))}");
    }
}
