using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core.Ids;
using Jobs.Core.Replays;

namespace Jobs.Cli.Ports;

/// <summary>
/// The messages of the commands queue, a JSON object each; <c>id</c> is the sender's, and makes sending it again
/// harmless.
/// </summary>
internal static class CommandBodies
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Submit(
        string id, string job, JsonElement? input, int priority, IReadOnlyList<string> labels, int? cpu = null,
        int? memoryMiB = null) => Write("submit", id, json =>
    {
        json.WriteString("job", job);
        if (input is { } element)
        {
            json.WritePropertyName("input");
            element.WriteTo(json);
        }

        json.WriteNumber("priority", priority);
        WriteLabels(json, labels);
        if (cpu is { } units) json.WriteNumber("cpu", units);
        if (memoryMiB is { } memory) json.WriteNumber("memoryMiB", memory);
    });

    /// <param name="maxConcurrent">Children at once; null for all that the job's cap allows.</param>
    public static string SubmitArray(
        string id,
        string job,
        string bucket,
        string key,
        int count,
        int? maxConcurrent,
        int priority,
        IReadOnlyList<string> labels) => Write("submit", id, json =>
    {
        json.WriteString("job", job);
        json.WriteStartObject("array");
        json.WriteString("bucket", bucket);
        json.WriteString("key", key);
        json.WriteNumber("count", count);
        json.WriteEndObject();
        if (maxConcurrent is { } limit) json.WriteNumber("maxConcurrent", limit);
        json.WriteNumber("priority", priority);
        WriteLabels(json, labels);
    });

    public static string Retry(string id, RunId run) =>
        Write("retry", id, json => json.WriteString("run", run.ToString()));

    public static string Cancel(string id, RunId run) =>
        Write("cancel", id, json => json.WriteString("run", run.ToString()));

    /// <param name="schedule">Null for the whole job.</param>
    /// <param name="until">Null for until it is resumed.</param>
    public static string Pause(string id, string job, string? schedule, DateTimeOffset? until, string reason) =>
        Write("pause", id, json =>
    {
        json.WriteString("job", job);
        if (schedule is not null) json.WriteString("schedule", schedule);
        if (until is { } end) json.WriteString("until", end);
        json.WriteString("reason", reason);
    });

    /// <param name="schedule">Null for the whole job.</param>
    public static string Resume(string id, string job, string? schedule) => Write("resume", id, json =>
    {
        json.WriteString("job", job);
        if (schedule is not null) json.WriteString("schedule", schedule);
    });

    /// <summary>The message with its sender's name; as it is when that is not known.</summary>
    public static string SentBy(string body, string? by) => by is null
        ? body
        : $"{body[..^1]},\"by\":\"{JsonEncodedText.Encode(by, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"}}";

    /// <param name="job">Whose recipients get it too; null for none.</param>
    public static string TestAlert(string id, string? job) => Write("testAlert", id, json =>
    {
        if (job is not null) json.WriteString("job", job);
    });

    /// <param name="begun">The id of the replay.</param>
    public static string CancelReplay(string id, string begun) =>
        Write("cancel", id, json => json.WriteString("replay", begun));

    /// <param name="perMinute">Runs started a minute at most.</param>
    /// <param name="force">Also what has run already.</param>
    public static string Replay(string id, ReplaySource source, int perMinute, bool force) =>
        Replay(id, ReplayJson.Write(source), perMinute, force);

    /// <summary>One that is there, so that it goes on.</summary>
    public static string Replay(Replay replay) => Replay(replay.Id, replay.SourceJson, replay.PerMinute, replay.Force);

    private static string Replay(string id, string source, int perMinute, bool force) => Write("replay", id, json =>
    {
        json.WritePropertyName("source");
        json.WriteRawValue(source);
        json.WriteNumber("perMinute", perMinute);
        json.WriteBoolean("force", force);
    });

    private static void WriteLabels(Utf8JsonWriter json, IReadOnlyList<string> labels)
    {
        if (labels.Count == 0) return;
        json.WriteStartObject("labels");
        foreach (var parts in labels.Select(label => label.Split('=', 2))) json.WriteString(parts[0], parts[1]);
        json.WriteEndObject();
    }

    private static string Write(string command, string id, Action<Utf8JsonWriter> rest)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Writing))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            json.WriteString("id", id);
            rest(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
