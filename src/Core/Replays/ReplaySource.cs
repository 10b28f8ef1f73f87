using System.Text;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;

namespace Jobs.Core.Replays;

/// <summary>What is to run again. One that is made can be read; whether this stack has it, the intake knows.</summary>
public abstract record ReplaySource
{
    private ReplaySource()
    {
    }

    /// <exception cref="RejectedMessageException">The time is none.</exception>
    private static DateTimeOffset After(DateTimeOffset from, DateTimeOffset to) => from < to
        ? to
        : throw Rejected("'from' is before 'to'", $"{from.UtcDateTime:O} to {to.UtcDateTime:O}", "Exchange them.");

    private static RejectedMessageException Rejected(string rule, string value, string remedy) =>
        new($"The replay cannot be done: {rule} (sent: {Excerpt.Of(value, 200)}). {remedy}");

    /// <summary>The newest versions of a bucket's objects under a prefix, each as its upload would be.</summary>
    public sealed record Prefix : ReplaySource
    {
        private const string Remedy = "Give the beginning of the keys, such as incoming/2026/.";

        /// <exception cref="RejectedMessageException">It names no keys of uploads.</exception>
        public Prefix(string value)
        {
            if (Encoding.UTF8.GetByteCount(value) > DefinitionRules.MaxKeyBytes)
            {
                throw Rejected(
                    $"a prefix has at most {DefinitionRules.MaxKeyBytes:N0} bytes, as every key in S3", value, Remedy);
            }

            if (value.Length == 0 || value.StartsWith(Names.ReservedPrefix, StringComparison.Ordinal))
            {
                throw Rejected(
                    $"a prefix names the keys of uploads, not all and nothing under {Names.ReservedPrefix}",
                    value,
                    Remedy);
            }

            Value = value;
        }

        public string Value { get; }

        /// <summary>As a trigger names it, or as S3 does; null for the runner's.</summary>
        public string? Bucket { get; init; }
    }

    /// <summary>A schedule's planned times: the first included, the last not.</summary>
    /// <exception cref="RejectedMessageException">The time is none.</exception>
    public sealed record Window(ScheduleKey Key, DateTimeOffset From, DateTimeOffset To) : ReplaySource
    {
        public DateTimeOffset To { get; } = After(From, To);
    }

    /// <summary>Runs that were asked for in this time, both ends included, and failed or timed out.</summary>
    /// <param name="Job">Null for every job.</param>
    /// <exception cref="RejectedMessageException">The time is none.</exception>
    public sealed record Failed(string? Job, DateTimeOffset From, DateTimeOffset To) : ReplaySource
    {
        public DateTimeOffset To { get; } = After(From, To);
    }
}
