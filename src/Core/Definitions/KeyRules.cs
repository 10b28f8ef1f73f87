using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jobs.Core.Definitions;

/// <summary>What the keys must satisfy that a job listens to, reads, writes and lists.</summary>
internal static partial class KeyRules
{
    public static IEnumerable<DefinitionError> Check(JobDefinition job) =>
    [
        .. job.Uploads.SelectMany(trigger => CheckUpload(job, trigger)),
        .. job.Uploads
            .GroupBy(trigger => (trigger.Bucket, trigger.Prefix, trigger.Suffix.ToUpperInvariant()))
            .Where(same => same.Count() > 1)
            .Select(same => Error(
                job,
                "the upload triggers of a job must differ, and a suffix matches whatever its case",
                string.Join(" and ", same.Select(trigger => trigger.Name)),
                "Remove the repeated one.")),
        .. Misplaced(job, "Reads", job.Reads),
        .. Misplaced(job, "Writes", job.Writes),
        .. Misplaced(job, "Lists", job.Lists),
        .. job.Reads.Concat(job.Writes).Where(prefix => Overlap(prefix, Names.ReservedPrefix)).Select(prefix => Error(
            job,
            $"a prefix to read or write does not reach under {Names.ReservedPrefix}, where other jobs' results are",
            prefix,
            "Give the beginning of the keys, such as reports/.")),
    ];

    private static IEnumerable<DefinitionError> CheckUpload(JobDefinition job, UploadTrigger trigger)
    {
        if (trigger.Prefix.StartsWith(Names.ReservedPrefix, StringComparison.Ordinal))
        {
            yield return Error(
                job, $"nothing under {Names.ReservedPrefix} starts a job", trigger.Name, "Use another prefix.");
        }

        if (trigger.Priority is < 0 or > 9)
        {
            var priority = trigger.Priority.ToString(CultureInfo.InvariantCulture);
            yield return Error(
                job, "Priority must be 0 to 9", $"{priority} on {trigger.Name}", "Leave it out for 0; 9 goes first.");
        }

        if (Encoding.UTF8.GetByteCount(
            trigger.Prefix) + Encoding.UTF8.GetByteCount(trigger.Suffix) > DefinitionRules.MaxKeyBytes)
        {
            yield return Error(
                job,
                $"no key is longer than {DefinitionRules.MaxKeyBytes} bytes, so nothing can match",
                trigger.Name,
                "Shorten prefix or suffix.");
        }

        if (trigger.Bucket is { } bucket && !BucketNames.IsName(bucket))
        {
            yield return Error(
                job,
                $"{BucketNames.Rule}; so has the stack's name for one",
                bucket,
                $"Write Bucket = \"{BucketNames.FromAddress(bucket) ?? "acme-raw"}\"; what the keys begin with is " +
                "the prefix.");
        }

        foreach (var error in Misplaced(job, "OnUpload", [trigger.Prefix])) yield return error;
        if (HasWildcard(trigger.Suffix))
        {
            yield return Error(
                job,
                "the Suffix of OnUpload is literal: no * or ?",
                trigger.Suffix,
                "Give the end of the keys, such as " +
                $"\"{trigger.Suffix[(trigger.Suffix.LastIndexOfAny(['*', '?']) + 1)..]}\".");
        }

        if (SuffixForm().IsMatch(trigger.Prefix))
        {
            yield return Error(
                job,
                "the prefix of OnUpload is the beginning of the keys",
                trigger.Prefix,
                $"Write [OnUpload(\"\", Suffix = \"{trigger.Prefix}\")] for keys that end so.");
        }

        if (trigger.Bucket is null
            && !job.AllowLoop
            && job.Writes.FirstOrDefault(prefix => Overlap(prefix, trigger.Prefix)) is { } write)
        {
            yield return Error(
                job,
                "a job must not write where its own upload trigger listens, or each run starts the next",
                $"writes {write}*, listens to {trigger.Name}",
                "Write under another prefix, or set AllowLoop if the loop is meant and ends.");
        }
    }

    /// <summary>Patterns, addresses and paths where the beginning of keys belongs: they match nothing.</summary>
    private static IEnumerable<DefinitionError> Misplaced(
        JobDefinition job, string attribute, IEnumerable<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (Address().Match(prefix) is { Success: true } address)
            {
                var key = address.Groups["key"].Value;
                yield return Error(
                    job,
                    $"the prefix of {attribute} is the beginning of keys in the runner's bucket, without the bucket",
                    prefix,
                    $"Write \"{key}\".{OtherBucket(attribute, prefix, key)}");
            }
            else if (HasWildcard(prefix))
            {
                yield return Error(
                    job, $"the prefix of {attribute} is literal: no * or ?", prefix, Literal(attribute, prefix));
            }
            else if (prefix.StartsWith('/'))
            {
                yield return Error(
                    job,
                    $"the prefix of {attribute} does not begin with a slash, as keys do not",
                    prefix,
                    $"Write \"{prefix.TrimStart('/')}\".");
            }
        }
    }

    private static string OtherBucket(string attribute, string address, string key) =>
        attribute == "OnUpload" && BucketNames.FromAddress(address) is { } bucket
            ? $" If it is another bucket than the runner's: [OnUpload(\"{key}\", Bucket = \"{bucket}\")]."
            : "";

    private static string Literal(string attribute, string pattern)
    {
        var (first, last) = (pattern.IndexOfAny(['*', '?']), pattern.LastIndexOfAny(['*', '?']));
        var (prefix, suffix) = (pattern[..first], pattern[(last + 1)..]);
        if (attribute != "OnUpload") return $"Write \"{prefix}\".";
        return suffix.Length == 0
            ? $"Write [OnUpload(\"{prefix}\")]."
            : $"Write [OnUpload(\"{prefix}\", Suffix = \"{suffix}\")].";
    }

    private static bool HasWildcard(string text) => text.IndexOfAny(['*', '?']) >= 0;

    private static bool Overlap(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);

    /// <summary>s3://bucket/key, arn:aws:s3:::bucket/key, https://bucket.s3.amazonaws.com/key.</summary>
    [GeneratedRegex(@"^([A-Za-z0-9]+:/+|arn:[^/]*:)[^/]*(/(?<key>.*))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Address();

    /// <summary>.csv: the end of keys.</summary>
    [GeneratedRegex(@"^\.[A-Za-z0-9]+\z")]
    private static partial Regex SuffixForm();
}
