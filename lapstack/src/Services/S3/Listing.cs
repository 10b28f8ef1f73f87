namespace Lapstack.Services.S3;

/// <summary>One page of a listing. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</summary>
/// <param name="Contents">Versions whose key has the prefix and no delimiter behind it.</param>
/// <param name="CommonPrefixes">What the others have in common, up to and with the delimiter; each counts as one of the
/// page.</param>
/// <param name="Next">The key or common prefix after which the next page begins; null on the last page.</param>
/// <param name="NextVersion">For listings of versions: the version within <paramref name="Next"/> after which the next
/// page begins.</param>
internal sealed record Listing(
    IReadOnlyList<ObjectVersion> Contents, IReadOnlyList<string> CommonPrefixes, string? Next, string? NextVersion)
{
    /// <param name="versions">In listing order.</param>
    /// <param name="after">Exclusive; null for the beginning.</param>
    /// <param name="afterVersion">Within the key <paramref name="after"/>: list the versions behind this one.</param>
    public static Listing Of(
        IEnumerable<ObjectVersion> versions, string prefix, string? delimiter, string? after, int max,
        string? afterVersion = null)
    {
        var contents = new List<ObjectVersion>();
        var prefixes = new List<string>();
        var (last, lastVersion) = (after, (string?)null);
        var skipping = afterVersion is not null;
        foreach (var version in versions.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (skipping && version.Key == after)
            {
                if (version.VersionId == afterVersion) skipping = false;
                continue;
            }

            var resumed = afterVersion is not null && version.Key == after;
            var common = CommonPrefix(version.Key, prefix, delimiter);
            if (!resumed && after is not null && KeyOrder.Instance.Compare(common ?? version.Key, after) <= 0) continue;
            if (common is not null && prefixes.Count > 0 && prefixes[^1] == common) continue;
            if (contents.Count + prefixes.Count >= max)
            {
                return new(contents, prefixes, max == 0 ? null : last, lastVersion);
            }

            if (common is null) contents.Add(version);
            else prefixes.Add(common);
            (last, lastVersion) = (common ?? version.Key, common is null ? version.VersionId : null);
        }

        return new(contents, prefixes, null, null);
    }

    private static string? CommonPrefix(string key, string prefix, string? delimiter)
    {
        if (string.IsNullOrEmpty(delimiter)) return null;
        var at = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + delimiter.Length)];
    }
}
