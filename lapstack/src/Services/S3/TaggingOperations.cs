using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>GetObjectTagging, PutObjectTagging and DeleteObjectTagging.</summary>
internal sealed class TaggingOperations(Buckets buckets, ObjectEvents events) : IS3Operations
{
    private static readonly Dictionary<string, string> NoTags = [];

    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("GET", S3Level.Object, "tagging", Get),
        new("PUT", S3Level.Object, "tagging", PutAsync),
        S3Route.For(
            "DELETE", S3Level.Object, "tagging", request => Change("DeleteObjectTagging", request, NoTags, 204)),
    ];

    private Operation Get(S3Request request) => new(
        "GetObjectTagging",
        [request.ObjectAccess("s3:GetObjectTagging", "s3:GetObjectVersionTagging")],
        _ =>
        {
            var version = Change(request, found => found);
            var response = S3Xml.Answer("Tagging", ObjectTags.Render(version.Tags));
            ObjectHeaders.Identify(response.Headers, version);
            return Task.FromResult(response);
        });

    private async Task<Operation> PutAsync(S3Request request, CancellationToken cancellation) =>
        Change("PutObjectTagging", request, ObjectTags.Read(await S3Xml.ReadAsync(request.Wire, cancellation)), 200);

    private Operation Change(string name, S3Request request, Dictionary<string, string> tags, int status) => new(
        name,
        [request.ObjectAccess($"s3:{name}", $"s3:{name.Replace("Object", "ObjectVersion", StringComparison.Ordinal)}")],
        async _ =>
        {
            var version = Change(request, found => found with { Tags = tags });
            await events.TaggedAsync(buckets.Get(request.Bucket), version, request.Wire, CancellationToken.None);
            var response = WireResponse.Empty(status);
            ObjectHeaders.Identify(response.Headers, version);
            return response;
        });

    private ObjectVersion Change(S3Request request, Func<ObjectVersion, ObjectVersion> change)
    {
        var bucket = buckets.Get(request.Bucket);
        if (bucket.Change(request.Key, request.VersionId, change) is { } changed) return changed;
        throw request.VersionId is { } id ? S3Errors.NoSuchVersion(request.Key, id) : S3Errors.NoSuchKey(request.Key);
    }
}
