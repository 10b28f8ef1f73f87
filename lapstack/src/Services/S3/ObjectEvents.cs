using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// Tells the bus and the screen about changes. The bus is told of all of them or none, as the bucket's EventBridge
/// switch says.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
/// </summary>
internal sealed class ObjectEvents(Account account, Ids ids, Activity activity, IEventBus bus, TimeProvider clock)
{
    /// <param name="reason">PutObject, CopyObject or CompleteMultipartUpload.</param>
    public Task CreatedAsync(
        Bucket bucket, ObjectVersion version, string reason, WireRequest request, CancellationToken cancellation)
    {
        activity.Report(
            "S3", "ObjectCreated", $"{version.Key}, {version.Size.ToString("N0", CultureInfo.InvariantCulture)} bytes");
        var detail = Detail(bucket, version, version.Sequencer, reason, request);
        detail["object"]!["size"] = version.Size;
        detail["object"]!["etag"] = version.ETag;
        return PutAsync(bucket, "Object Created", detail, version.LastModified, cancellation);
    }

    /// <summary>A delete marker was put on top; nothing is lost.</summary>
    public Task MarkedAsync(Bucket bucket, ObjectVersion marker, WireRequest request, CancellationToken cancellation)
    {
        activity.Report("S3", "ObjectDeleted", $"{marker.Key}, delete marker created");
        var detail = Detail(bucket, marker, marker.Sequencer, "DeleteObject", request);
        detail["object"]!["etag"] = marker.ETag;
        detail["deletion-type"] = "Delete Marker Created";
        return PutAsync(bucket, "Object Deleted", detail, marker.LastModified, cancellation);
    }

    /// <summary>The tags of a version are others.</summary>
    public Task TaggedAsync(Bucket bucket, ObjectVersion version, WireRequest request, CancellationToken cancellation)
    {
        var detail = Detail(bucket, version, version.Sequencer, "", request);
        detail["object"]!["etag"] = version.ETag;
        detail["object"]!.AsObject().Remove("sequencer");
        detail.Remove("reason");
        return PutAsync(
            bucket,
            version.Tags.Count > 0 ? "Object Tags Added" : "Object Tags Deleted",
            detail,
            clock.GetUtcNow(),
            cancellation);
    }

    /// <summary>A version is gone for good.</summary>
    public Task RemovedAsync(
        Bucket bucket,
        ObjectVersion removed,
        string sequencer,
        DateTimeOffset at,
        WireRequest request,
        CancellationToken cancellation)
    {
        activity.Report("S3", "ObjectDeleted", $"{removed.Key}, permanently");
        var detail = Detail(bucket, removed, sequencer, "DeleteObject", request);
        detail["deletion-type"] = "Permanently Deleted";
        return PutAsync(bucket, "Object Deleted", detail, at, cancellation);
    }

    private JsonObject Detail(
        Bucket bucket, ObjectVersion version, string sequencer, string reason, WireRequest request)
    {
        var changed = new JsonObject { ["key"] = version.Key };
        if (version.VersionId != ObjectVersion.NullVersion) changed["version-id"] = version.VersionId;
        changed["sequencer"] = sequencer;
        return new JsonObject
        {
            ["version"] = "0",
            ["bucket"] = new JsonObject { ["name"] = bucket.Name },
            ["object"] = changed,
            ["request-id"] = request.RequestId,
            ["requester"] = account.Id,
            ["source-ip-address"] = request.SourceIp,
            ["reason"] = reason,
        };
    }

    private Task PutAsync(
        Bucket bucket, string detailType, JsonObject detail, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!bucket.EventBridge) return Task.CompletedTask;
        return bus.PutAsync(
            EventEnvelope.Around(detail, detailType, "aws.s3", at, [bucket.Arn], account, ids), cancellation);
    }
}
