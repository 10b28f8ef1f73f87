using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>Puts what has been stored under its key, and tells of it.</summary>
internal sealed class ObjectWriter(Blobs blobs, ObjectEvents events, Ids ids)
{
    /// <summary>
    /// Nothing of it is cancelled: a client that goes away must not leave an object without its event.
    /// </summary>
    /// <param name="reason">As the event says it.</param>
    /// <param name="condition">Throws when it does not hold; null for none.</param>
    public async Task<ObjectVersion> AddAsync(
        Bucket bucket, string key, ObjectContent content, string reason, WireRequest request,
        Action<ObjectVersion?>? condition = null)
    {
        var id = bucket.Versioned ? ids.Text(32) : ObjectVersion.NullVersion;
        ObjectVersion? added = null, replaced = null;
        try
        {
            (added, replaced) = bucket.Add(
                (sequencer, now) => new ObjectVersion
                {
                    Key = key,
                    VersionId = id,
                    Sequencer = sequencer,
                    LastModified = now,
                    Size = content.Blobs.Sum(b => b.Size),
                    ETag = content.ETag,
                    Blobs = content.Blobs,
                    Headers = content.Headers,
                    Checksums = content.Checksums,
                    Tags = content.Tags,
                },
                condition,
                key);
            if (replaced is not null) blobs.Delete(replaced.Blobs);
            await events.CreatedAsync(bucket, added, reason, request, CancellationToken.None);
            return added;
        }
        catch when (replaced is null)
        {
            // Refused, as by a full disk: nothing of it stays. What has replaced another stays: that one is gone.
            if (added is not null) bucket.Remove(key, id);
            blobs.Delete(content.Blobs);
            throw;
        }
    }
}
