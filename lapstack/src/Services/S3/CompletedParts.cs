using System.Globalization;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>Which stored parts make the object, by the list the client completes with.</summary>
internal static class CompletedParts
{
    /// <exception cref="ServiceError">InvalidPart, InvalidPartOrder or EntityTooSmall.</exception>
    public static IReadOnlyList<UploadPart> Choose(
        IReadOnlyList<(string? Number, string? ETag)> named, IReadOnlyList<UploadPart> stored, long smallest)
    {
        var chosen = new List<UploadPart>();
        foreach (var (number, etag) in named)
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                throw S3Errors.MalformedXml();
            }

            var part = stored.FirstOrDefault(p => p.Number == n && p.ETag == etag) ?? throw new ServiceError(
                "InvalidPart",
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the " +
                "specified entity tag may not match the part's entity tag.");
            if (chosen.Count > 0 && chosen[^1].Number >= n)
                throw new ServiceError(
                    "InvalidPartOrder",
                    "The list of parts was not in ascending order. Parts must be ordered by part number.");
            chosen.Add(part);
        }

        if (chosen.SkipLast(1).Any(p => p.Blob.Size < smallest))
            throw new ServiceError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        return chosen;
    }
}
