using System.Globalization;
using System.Text.Json.Nodes;
using Jobs.Emulator.Access;
using Jobs.Emulator.State;
using Jobs.Emulator.Wire;

namespace Jobs.Emulator.Services.Logs;

/// <summary>The reading half of CloudWatch Logs, as <c>aws logs tail</c> and the SDKs call it.</summary>
internal sealed class LogsService : JsonService
{
    private const int MaxEvents = 10_000;
    private const int MaxNames = 50;
    private readonly LogStore _store;
    private readonly Account _account;

    public LogsService(LogStore store, Account account)
        : base("logs", "Logs_20140328", Protocol.AwsJson11)
    {
        (_store, _account) = (store, account);
        Add("DescribeLogGroups", call => call.Answer(Access("DescribeLogGroups", "*"), () => DescribeGroups(call.Input)));
        Add("DescribeLogStreams", call => ForGroup(call, DescribeStreams));
        Add("GetLogEvents", call => ForGroup(call, GetEvents));
        Add("FilterLogEvents", call => ForGroup(call, FilterEvents));
    }

    private Operation ForGroup(JsonCall call, Func<LogGroup, JsonObject, JsonObject> answer)
    {
        var identifier = Text(call.Input, "logGroupIdentifier");
        var name = Text(call.Input, "logGroupName") ?? (identifier?.StartsWith("arn:", StringComparison.Ordinal) == true ? identifier.Split(':')[6] : identifier)
            ?? throw new ServiceError("InvalidParameterException", "logGroupName is required.");
        return call.Answer(Access(call.Name, name), () => answer(
            _store.Find(name) ?? throw new ServiceError("ResourceNotFoundException", "The specified log group does not exist."), call.Input));
    }

    private AccessRequest Access(string action, string group) => new($"logs:{action}", _account.Arn("logs", $"log-group:{group}:*"));

    private JsonObject DescribeGroups(JsonObject input)
    {
        var prefix = Text(input, "logGroupNamePrefix") ?? "";
        var pattern = Text(input, "logGroupNamePattern") ?? "";
        var groups = _store.Groups.Where(g => g.Name.StartsWith(prefix, StringComparison.Ordinal) && g.Name.Contains(pattern, StringComparison.Ordinal));
        return Page(input, "logGroups", groups, MaxNames, Describe);
    }

    private JsonObject Describe(LogGroup group)
    {
        var json = new JsonObject
        {
            ["logGroupName"] = group.Name,
            ["creationTime"] = group.CreatedAt,
            ["metricFilterCount"] = 0,
            ["arn"] = _account.Arn("logs", $"log-group:{group.Name}:*"),
            ["logGroupArn"] = _account.Arn("logs", $"log-group:{group.Name}"),
            ["logGroupClass"] = "STANDARD",
        };
        if (group.RetentionInDays is { } days) json["retentionInDays"] = days;
        return json;
    }

    private JsonObject DescribeStreams(LogGroup group, JsonObject input)
    {
        var prefix = Text(input, "logStreamNamePrefix") ?? "";
        var streams = group.Streams.Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal));
        if (Text(input, "orderBy") == "LastEventTime") streams = streams.OrderBy(s => s.LastEventAt ?? 0);
        if (input["descending"]?.GetValue<bool>() == true) streams = streams.Reverse();
        return Page(input, "logStreams", streams, MaxNames, stream => Describe(group, stream));
    }

    private JsonObject Describe(LogGroup group, LogStream stream)
    {
        var json = new JsonObject
        {
            ["logStreamName"] = stream.Name,
            ["creationTime"] = stream.CreatedAt,
            ["arn"] = _account.Arn("logs", $"log-group:{group.Name}:log-stream:{stream.Name}"),
        };
        if (stream.FirstEventAt is { } first) json["firstEventTimestamp"] = first;
        if (stream.LastEventAt is { } last) json["lastEventTimestamp"] = last;
        if (stream.LastIngestionAt is { } ingested) json["lastIngestionTime"] = ingested;
        return json;
    }

    /// <summary>Tokens are <c>f/n</c> and <c>b/n</c>: the place in the selection from which to go on forward or backward.</summary>
    private static JsonObject GetEvents(LogGroup group, JsonObject input)
    {
        var stream = group.Find(Text(input, "logStreamName") ?? throw new ServiceError("InvalidParameterException", "logStreamName is required."))
            ?? throw new ServiceError("ResourceNotFoundException", "The specified log stream does not exist.");
        var events = stream.Read().Where(InTime(input)).OrderBy(e => e.Timestamp).ThenBy(e => e.Sequence).ToList();
        var limit = (int)(Number(input, "limit") ?? MaxEvents);
        var token = Text(input, "nextToken");
        var place = token is null ? -1 : Place(token[2..]);
        var backward = token is null ? input["startFromHead"]?.GetValue<bool>() != true : token.StartsWith('b');
        var end = backward ? (place < 0 ? events.Count : Math.Min(place, events.Count)) : Math.Min(Math.Max(place, 0) + limit, events.Count);
        var start = backward ? Math.Max(0, end - limit) : Math.Min(Math.Max(place, 0), end);
        return new JsonObject
        {
            ["events"] = new JsonArray([.. events[start..end].Select(Render)]),
            ["nextForwardToken"] = $"f/{end}",
            ["nextBackwardToken"] = $"b/{start}",
        };
    }

    private static JsonObject FilterEvents(LogGroup group, JsonObject input)
    {
        var prefix = Text(input, "logStreamNamePrefix") ?? "";
        var names = input["logStreamNames"]?.AsArray().Select(n => n!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var pattern = new FilterPattern(Text(input, "filterPattern"));
        var found =
            from stream in @group.Streams
            where stream.Name.StartsWith(prefix, StringComparison.Ordinal) && names?.Contains(stream.Name) != false
            from e in stream.Read().Where(InTime(input))
            where pattern.Matches(e.Message)
            orderby e.Timestamp, stream.Name, e.Sequence
            select (stream.Name, Event: e);
        var page = Page(input, "events", found, MaxEvents, match =>
        {
            var json = Render(match.Event);
            json["logStreamName"] = match.Name;
            json["eventId"] = $"{FileNames.Hash($"{group.Name}/{match.Name}")[..16]}{match.Event.Sequence:D16}";
            return json;
        });
        page["searchedLogStreams"] = new JsonArray();
        return page;
    }

    private static JsonObject Render(LogEvent e) => new()
    {
        ["timestamp"] = e.Timestamp,
        ["ingestionTime"] = e.IngestionTime,
        ["message"] = e.Message,
    };

    private static Func<LogEvent, bool> InTime(JsonObject input)
    {
        var (start, end) = (Number(input, "startTime") ?? 0, Number(input, "endTime") ?? long.MaxValue);
        return e => e.Timestamp >= start && e.Timestamp <= end;
    }

    private static JsonObject Page<T>(JsonObject input, string member, IEnumerable<T> items, int max, Func<T, JsonObject> render)
    {
        var limit = (int)Math.Min(Number(input, "limit") ?? max, max);
        var start = Text(input, "nextToken") is { } token ? Place(token) : 0;
        var rest = items.Skip(start).Take(limit + 1).ToList();
        var page = new JsonObject { [member] = new JsonArray([.. rest.Take(limit).Select(render)]) };
        if (rest.Count > limit) page["nextToken"] = (start + limit).ToString(CultureInfo.InvariantCulture);
        return page;
    }

    private static int Place(string token) => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        ? place
        : throw new ServiceError("InvalidParameterException", "The specified nextToken is invalid.");

    private static string? Text(JsonObject input, string name) => input[name]?.GetValue<string>();

    private static long? Number(JsonObject input, string name) => input[name]?.GetValue<long>();
}
