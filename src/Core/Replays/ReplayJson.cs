using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core.Ids;

namespace Jobs.Core.Replays;

/// <summary>
/// A replay's source as JSON: <c>{"prefix":"incoming/"}</c>, in another bucket than the runner's with
/// <c>"bucket":"raw"</c>, <c>{"schedule":"job/name","from":"…","to":"…"}</c> or
/// <c>{"failed":{"job":"…","from":"…","to":"…"}}</c>.
/// </summary>
public static class ReplayJson
{
    private const string Forms = """Send {"prefix":"incoming/"}, {"schedule":"job/name","from":"…","to":"…"} or {"failed":{"job":"…","from":"…","to":"…"}}.""";

    private static readonly string[] Members = ["prefix", "bucket", "schedule", "from", "to", "failed", "deadLetters"];

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <see cref="Read"/> reads.</summary>
    public static string Write(ReplaySource source)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Writing))
        {
            json.WriteStartObject();
            WriteMembers(json, source);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <exception cref="RejectedMessageException">It is no source.</exception>
    public static ReplaySource Read(JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            throw Rejected("a replay's source is a JSON object", source, Forms);
        }

        CheckMembers(source, "$.source", source, Members);
        if (source.EnumerateObject().Count(member => member.Name is not ("from" or "to" or "bucket")) != 1)
        {
            throw Rejected("a replay is of exactly one thing", source, Forms);
        }

        var (prefix, bucket) = (Text(source, "prefix"), Text(source, "bucket"));
        if (source.TryGetProperty("bucket", out _) && (prefix is null || bucket is null))
        {
            throw Rejected("$.source.bucket is the name of a bucket and stands beside a prefix", source, Forms);
        }

        if (prefix is not null) return new ReplaySource.Prefix(prefix) { Bucket = bucket };
        if (Text(source, "schedule") is { } schedule)
        {
            return new ReplaySource.Window(ReadKey(schedule, source), Time(source, "from"), Time(source, "to"));
        }

        if (source.TryGetProperty("failed", out var failed) && failed.ValueKind == JsonValueKind.Object)
        {
            return ReadFailed(failed, source);
        }

        if (Text(source, "deadLetters") is { } queue)
        {
            // OnCommand may send to no queue: only a caller with the right to may move messages back.
            throw Rejected(
                "dead letters are moved by a caller who may read them, not by the stack",
                source,
                $"Use {CommandLines.WithoutStack.ReplayDeadLetters(queue)}.");
        }

        throw Rejected("$.source is one of prefix, schedule and failed", source, Forms);
    }

    private static void WriteMembers(Utf8JsonWriter json, ReplaySource source)
    {
        switch (source)
        {
            case ReplaySource.Prefix prefix:
                json.WriteString("prefix", prefix.Value);
                if (prefix.Bucket is { } bucket) json.WriteString("bucket", bucket);
                break;
            case ReplaySource.Window window:
                json.WriteString("schedule", window.Key.ToString());
                WriteTimes(json, window.From, window.To);
                break;
            case ReplaySource.Failed failed:
                json.WriteStartObject("failed");
                if (failed.Job is { } job) json.WriteString("job", job);
                WriteTimes(json, failed.From, failed.To);
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"Nothing writes {source}.");
        }
    }

    private static void WriteTimes(Utf8JsonWriter json, DateTimeOffset from, DateTimeOffset to)
    {
        json.WriteString("from", Text(from));
        json.WriteString("to", Text(to));
    }

    private static ReplaySource.Failed ReadFailed(JsonElement failed, JsonElement source)
    {
        CheckMembers(failed, "$.source.failed", source, ["job", "from", "to"]);
        var job = Text(failed, "job");
        // Without a name it is all jobs, which a sender who named one did not mean.
        if (job is null && failed.TryGetProperty("job", out _))
        {
            throw Rejected("$.source.failed.job is the name of a job", source, "Leave it out for all jobs.");
        }

        return new ReplaySource.Failed(job, Time(failed, "from"), Time(failed, "to"));
    }

    private static void CheckMembers(JsonElement members, string place, JsonElement source, string[] known)
    {
        if (members.EnumerateObject().Select(member => member.Name).Except(known).FirstOrDefault() is { } unknown)
        {
            throw Rejected($"{place} has no member '{Excerpt.Of(unknown, 60)}'", source, Forms);
        }
    }

    private static ScheduleKey ReadKey(string text, JsonElement source)
    {
        try
        {
            return ScheduleKey.Parse(text);
        }
        catch (FormatException e)
        {
            throw Rejected(e.Message.TrimEnd('.'), source, Forms);
        }
    }

    private static DateTimeOffset Time(JsonElement source, string member) =>
        DateTimeOffset.TryParse(
            Text(source, member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Rejected($"'{member}' is a time", source, "Write it as 2026-03-01T00:00:00Z.");

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement source, string member) =>
        source.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static RejectedMessageException Rejected(string rule, JsonElement source, string remedy) =>
        new($"The replay cannot be done: {rule} (sent: {Excerpt.Of(source.GetRawText(), 200)}). {remedy}");
}
