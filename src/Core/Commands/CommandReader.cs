using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Messages;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;

namespace Jobs.Core.Commands;

/// <summary>
/// Reads a message of the commands queue, one JSON object:
/// <code>
/// {"command":"submit","id":"key","job":"csv-import","input":{},"priority":0}
/// {"command":"submit","id":"key","job":"part","input":{},
///  "parent":{"run":"csv-import/0123456789abcdefghjkmnpqrs","index":0}}
/// {"command":"submit","id":"key","job":"csv-import","array":{"key":"_jobs/arrays/key.jsonl","count":3},
///  "maxConcurrent":2}
/// {"command":"retry","id":"key","run":"csv-import/0123456789abcdefghjkmnpqrs"}
/// {"command":"cancel","id":"key","run":"csv-import/0123456789abcdefghjkmnpqrs"}
/// {"command":"cancel","id":"key","replay":"the key that began it"}
/// {"command":"testAlert","id":"key","job":"csv-import"}
/// {"command":"replay","id":"key","source":{"prefix":"incoming/"},"perMinute":60,"force":false}
/// {"command":"pause","id":"key","job":"csv-import","schedule":"nightly","until":"2026-01-01T00:00:00Z",
///  "reason":"The source is migrated."}
/// {"command":"resume","id":"key","job":"csv-import","schedule":"nightly"}
/// </code>
/// Each may say by whom it is sent: <c>"by":"user/alice"</c>.
/// </summary>
public static class CommandReader
{
    public const int MaxIdLength = 128;

    private const string Kinds = "submit, retry, cancel, replay, pause, resume, testAlert";

    private const int ShownValue = 200;

    private const int ShownName = 60;

    private const string Example = "Send {\"command\":\"submit\",\"id\":\"…\",\"job\":\"…\",\"input\":{…}}.";

    /// <summary>Bytes of JSON that say what to replay; DynamoDB keeps them with the replay.</summary>
    private const int MaxSourceBytes = 4_096;

    /// <exception cref="RejectedMessageException">The message is no command; the reason says what to send
    /// instead.</exception>
    public static Command Read(string body)
    {
        using var document = Parse(body);
        var message = document.RootElement;
        if (message.ValueKind != JsonValueKind.Object) throw Rejected("a command is a JSON object", body, Example);
        return JsonFaults.First(message, "$") is { } fault
            ? throw Rejected(fault.Rule, fault.Value, "Correct it: what it means would be a guess.")
            : Read(message) with { By = ReadBy(message) };
    }

    private static JsonDocument Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw Rejected("a command is JSON", $"{Excerpt.Of(body, ShownValue / 2)} ({e.Message})", Example);
        }
        catch (ArgumentException)
        {
            // .NET's parser of a text, which it first writes as UTF-8.
            throw Rejected(
                "a command is Unicode text", body, "Send it as UTF-8: a character of it is half of a surrogate pair.");
        }
    }

    private static Command Read(JsonElement message) => Text(message, "command", Kinds) switch
    {
        "submit" when message.TryGetProperty("array", out var array) => ReadSubmitArray(message, array),
        "submit" => ReadSubmit(message),
        "retry" => new Command.Retry(ReadId(message, "run"), ReadRun(message)),
        "cancel" when message.TryGetProperty("replay", out _) =>
            new Command.CancelReplay(ReadId(message, "replay"), Key(message, "replay", "the id of a replay")),
        "cancel" => new Command.Cancel(ReadId(message, "run"), ReadRun(message)),
        "replay" => ReadReplay(message),
        "pause" => ReadPause(message),
        "resume" => new Command.Resume(ReadId(message, "job", "schedule"), ReadJob(message), ReadSchedule(message)),
        "testAlert" => new Command.TestAlert(
            ReadId(message, "job"),
            message.TryGetProperty("job", out _) ? Text(message, "job", "the name of a job") : null),
        var other =>
            throw Rejected(
                $"$.command is one of {Kinds}",
                other,
                Spelling.Nearest(other, Kinds.Split(", ")) is { } near
                    ? $"Did you mean '{near}'?"
                    : "Send one of these."),
    };

    private static Command.Submit ReadSubmit(JsonElement message)
    {
        var id = ReadId(message, "job", "input", "priority", "labels", "cpu", "memoryMiB", "parent");
        var submit = new Command.Submit(
            id, Text(message, "job", "the name of a job"), ReadInput(message), ReadPriority(message))
        {
            Labels = ReadLabels(message),
            Cpu = ReadSize(message, "cpu", "CPU units, 1,024 to the vCPU"),
            MemoryMiB = ReadSize(message, "memoryMiB", "MiB"),
        };
        if (!message.TryGetProperty("parent", out var parent)) return submit;
        if (parent.ValueKind == JsonValueKind.Object) CheckMembers(parent, "$.parent", "run", "index");
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty("index", out var given)
                && given.ValueKind == JsonValueKind.Number
                && given.TryGetInt32(out var index)
                && index is >= 0 and < ChildBlocks.MaxChildren)
        {
            return submit with { Parent = ReadRun(parent), Index = index };
        }

        throw Rejected(
            $"$.parent has a run and an index from 0 to {ChildBlocks.MaxChildren - 1:N0}",
            parent.GetRawText(),
            "Submit children with JobContext.SubmitAsync.");
    }

    private static Command.SubmitArray ReadSubmitArray(JsonElement message, JsonElement array)
    {
        var id = ReadId(message, "job", "array", "maxConcurrent", "priority", "labels");
        var (job, work) = (Text(message, "job", "the name of a job"), ReadArray(message, array));
        return new Command.SubmitArray(id, job, work, ReadPriority(message)) { Labels = ReadLabels(message) };
    }

    private static ArrayWork ReadArray(JsonElement message, JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Object)
        {
            throw Rejected(
                "$.array is an object",
                array.GetRawText(),
                $"Send {{\"key\":\"{Names.ArraysPrefix}….jsonl\",\"count\":…}}, or leave it out to submit one run.");
        }

        CheckMembers(array, "$.array", "bucket", "key", "count");
        var count = Number(array, "count") is { } given and >= 1 and <= ArrayWork.MaxCount
            ? given
            : throw Rejected(
                $"$.array.count is 1 to {ArrayWork.MaxCount:N0}",
                Sent(array, "count"),
                $"An array of none needs no run; send a larger one as several of at most {ArrayWork.MaxCount:N0}.");
        var key = Text(array, "key", $"the key of an object under {Names.ArraysPrefix}");
        if (Encoding.UTF8.GetByteCount(key) is var size && size > DefinitionRules.MaxKeyBytes)
        {
            throw Rejected(
                $"$.array.key has at most {DefinitionRules.MaxKeyBytes:N0} bytes, as every key in S3",
                $"{size:N0} bytes",
                "Send the key of the object that you uploaded.");
        }

        if (!key.StartsWith(Names.ArraysPrefix, StringComparison.Ordinal))
        {
            throw Rejected(
                $"$.array.key is under {Names.ArraysPrefix}",
                key,
                "Upload the array there: the functions read no other object.");
        }

        var atOnce = !message.TryGetProperty("maxConcurrent", out _)
            ? count
            : Number(message, "maxConcurrent") is { } limit and >= 1 and <= ArrayWork.MaxCount
            ? Math.Min(limit, count)
            : throw Rejected(
                $"$.maxConcurrent is 1 to {ArrayWork.MaxCount:N0}",
                Sent(message, "maxConcurrent"),
                "Leave it out for as many at once as the job may have.");
        return new ArrayWork(key, count, atOnce);
    }

    private static Command.Replay ReadReplay(JsonElement message)
    {
        var id = ReadId(message, "source", "perMinute", "force");
        if (!message.TryGetProperty("source", out var source))
        {
            throw Rejected(
                "$.source says what to run again",
                "nothing",
                "Send \"source\":{\"prefix\":\"incoming/\"}, a schedule's window, or failed runs.");
        }

        if (Encoding.UTF8.GetByteCount(source.GetRawText()) is var size && size > MaxSourceBytes)
        {
            throw Rejected(
                $"$.source has at most {MaxSourceBytes:N0} bytes of JSON",
                $"{size:N0} bytes",
                "Send it without what it does not need.");
        }

        _ = ReplayJson.Read(source);
        var perMinute = !message.TryGetProperty("perMinute", out _)
            ? Replay.DefaultPerMinute
            : Number(message, "perMinute") is { } rate and >= 1 and <= Replay.MaxPerMinute
            ? rate
            : throw Rejected(
                $"$.perMinute is 1 to {Replay.MaxPerMinute:N0}",
                Sent(message, "perMinute"),
                $"Leave it out for {Replay.DefaultPerMinute}.");
        var force = message.TryGetProperty("force", out var given) && given.ValueKind is var kind && kind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Rejected("$.force is true or false", given.GetRawText(), "Leave it out for false."),
        };
        return new Command.Replay(id, source.GetRawText(), perMinute, force);
    }

    private static Command.Pause ReadPause(JsonElement message)
    {
        var id = ReadId(message, "job", "schedule", "until", "reason");
        var reason = Text(message, "reason", "why, in a sentence");
        if (!IsLine(reason, Pause.MaxReason))
        {
            throw Rejected(
                $"$.reason has 1 to {Pause.MaxReason} printable characters",
                reason,
                "Send a shorter one, on one line.");
        }

        return new Command.Pause(id, ReadJob(message), ReadSchedule(message), ReadUntil(message), reason);
    }

    private static DateTimeOffset? ReadUntil(JsonElement message)
    {
        if (!message.TryGetProperty("until", out var given)) return null;
        return given.ValueKind == JsonValueKind.String && given.TryGetDateTimeOffset(out var until)
            ? until.ToUniversalTime()
            : throw Rejected(
                "$.until is a time as ISO 8601, such as 2026-01-01T00:00:00Z",
                given.GetRawText(),
                "Leave it out for a pause that lasts until it is ended.");
    }

    private static string ReadJob(JsonElement message) => Text(message, "job", "the name of a job");

    private static string? ReadSchedule(JsonElement message) =>
        message.TryGetProperty("schedule", out _)
            ? Text(message, "schedule", "the name of a schedule of the job")
            : null;

    private static string? ReadBy(JsonElement message)
    {
        if (!message.TryGetProperty("by", out _)) return null;
        var by = Text(message, "by", "who sends it, such as user/alice");
        return IsLine(by, Sender.MaxName)
            ? by
            : throw Rejected($"$.by has 1 to {Sender.MaxName} printable characters", by, "Send a shorter one.");
    }

    private static bool IsLine(string text, int most) => text.Length <= most && !text.Any(char.IsControl);

    private static int? Number(JsonElement message, string member) =>
        message.TryGetProperty(member, out var given)
            && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt32(out var number)
            ? number
            : null;

    private static string Sent(JsonElement message, string member) =>
        message.TryGetProperty(member, out var given) ? given.GetRawText() : "nothing";

    /// <param name="others">The members that this command may have besides the three that all may have.</param>
    private static string ReadId(JsonElement message, params string[] others)
    {
        CheckMembers(message, "$", ["command", "id", "by", .. others]);
        return Key(message, "id", $"a key of 1 to {MaxIdLength} characters that the sender chooses");
    }

    /// <summary>What a sender has chosen to name a command.</summary>
    private static string Key(JsonElement message, string member, string what)
    {
        var key = Text(message, member, what);
        return key.Length <= MaxIdLength
            ? key
            : throw Rejected(
                $"$.{member} has at most {MaxIdLength} characters",
                $"{key.Length} characters",
                "Send a shorter one, such as a UUID.");
    }

    private static RunId ReadRun(JsonElement message)
    {
        var text = Text(message, "run", "the id of a run");
        return RunId.TryParse(text, out var run) && DefinitionRules.IsJobName(run.Job)
            ? run
            : throw Rejected($"$.run is <job>/<{RunId.KeyLength} characters>", text, "Copy the id whole.");
    }

    private static string ReadInput(JsonElement message)
    {
        var input = message.TryGetProperty("input", out var given) ? given.GetRawText() : "{}";
        var size = Encoding.UTF8.GetByteCount(input);
        return size <= RunRequest.MaxInputBytes
            ? input
            : throw Rejected(
                $"$.input has at most {RunRequest.MaxInputBytes:N0} bytes of JSON",
                $"{size:N0} bytes",
                "Upload the data to the bucket, and send its key.");
    }

    /// <summary>Refuses unknown members: what the sender meant by a misspelled one would not happen.</summary>
    private static void CheckMembers(JsonElement message, string place, params string[] known)
    {
        var unknown = message.EnumerateObject().Select(member => member.Name).Except(known).FirstOrDefault();
        if (unknown is null) return;
        var remedy = Spelling.Nearest(unknown, known) is { } near
            ? $"Did you mean '{near}'?"
            : $"Leave it out; it has: {string.Join(", ", known)}.";
        throw Rejected(
            $"{place} has no member '{Excerpt.Of(unknown, ShownName)}'",
            message.GetProperty(unknown).GetRawText(),
            remedy);
    }

    private static ImmutableArray<string> ReadLabels(JsonElement message)
    {
        if (!message.TryGetProperty("labels", out var given)) return [];
        if (given.ValueKind != JsonValueKind.Object) throw Wrong("$.labels is an object of texts");
        var labels = given.EnumerateObject().Select(Label).Distinct().Order(StringComparer.Ordinal).ToList();
        return Labels.Fit(labels)
            ? [.. labels]
            : throw Wrong($"$.labels are at most {Labels.MaxCount}, of {Labels.MaxLength} characters in all");

        string Label(JsonProperty member) =>
            member.Value.ValueKind == JsonValueKind.String
                && $"{member.Name}={member.Value.GetString()}" is var label
                && Labels.IsLabel(label)
                ? label
                : throw Wrong(Labels.Rule);

        RejectedMessageException Wrong(string rule) =>
            Rejected(rule, given.GetRawText(), "Send \"labels\":{\"team\":\"billing\"}, or leave it out.");
    }

    private static int ReadPriority(JsonElement message)
    {
        if (!message.TryGetProperty("priority", out var given)) return 0;
        return given.ValueKind == JsonValueKind.Number
            && given.TryGetInt32(out var priority)
            && priority is >= 0 and <= 9
            ? priority
            : throw Rejected(
                "$.priority is a whole number from 0 to 9", given.GetRawText(), "Leave it out for 0; 9 goes first.");
    }

    private static int? ReadSize(JsonElement message, string member, string unit)
    {
        if (!message.TryGetProperty(member, out _)) return null;
        return Number(message, member) is { } number and > 0
            ? number
            : throw Rejected(
                $"$.{member} is a whole number of {unit}", Sent(message, member), "Leave it out for the job's.");
    }

    private static string Text(JsonElement message, string member, string what)
    {
        JsonElement given = default;
        if (message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty(member, out given)
            && given.ValueKind == JsonValueKind.String
            && given.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        throw Rejected(
            $"$.{member} is a string: {what}",
            given.ValueKind == JsonValueKind.Undefined ? "nothing" : given.GetRawText(),
            $"Send \"{member}\" with a value.");
    }

    private static RejectedMessageException Rejected(string rule, string value, string remedy) =>
        new($"The message is not a command: {rule} (sent: {Excerpt.Of(value, ShownValue)}). {remedy}");
}
