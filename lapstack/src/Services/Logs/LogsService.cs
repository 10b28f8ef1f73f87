using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.State;
using Lapstack.Wire;

namespace Lapstack.Services.Logs;

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
        Add(
            "DescribeLogGroups",
            call => call.Answer(Access("DescribeLogGroups", "*"), () => DescribeGroups(call.Input)));
        Add("DescribeLogStreams", call => ForGroup(call, DescribeStreams));
        Add("GetLogEvents", call => ForGroup(call, GetEvents));
        Add("FilterLogEvents", call => ForGroup(call, FilterEvents));
    }

    private Operation ForGroup(JsonCall call, Func<LogGroup, JsonObject, JsonObject> answer)
    {
        var identifier = call.Input.Text("logGroupIdentifier");
        var name = call.Input.Text("logGroupName")
            ?? (
                identifier?.StartsWith("arn:", StringComparison.Ordinal) == true
                    ? identifier.Split(':')[6]
                    : identifier)
            ?? throw new ServiceError("InvalidParameterException", "logGroupName is required.");
        return call.Answer(Access(call.Name, name), () => answer(
            _store.Find(name)
                ?? throw new ServiceError(
                    "ResourceNotFoundException", "The specified log group does not exist."), call.Input));
    }

    private AccessRequest Access(string action, string group) =>
        new($"logs:{action}", _account.Arn("logs", $"log-group:{group}:*"));

    private JsonObject DescribeGroups(JsonObject input)
    {
        var prefix = input.Text("logGroupNamePrefix") ?? "";
        var pattern = input.Text("logGroupNamePattern") ?? "";
        var groups = _store.Groups.Where(
            g =>
                g.Name.StartsWith(prefix, StringComparison.Ordinal)
                    && g.Name.Contains(pattern, StringComparison.Ordinal));
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
        var prefix = input.Text("logStreamNamePrefix") ?? "";
        var streams = group.Streams.Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal));
        if (input.Text("orderBy") == "LastEventTime") streams = streams.OrderBy(s => s.LastEventAt ?? 0);
        if (input.Flag("descending")) streams = streams.Reverse();
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

    /// <summary>
    /// Tokens are <c>f/n</c> and <c>b/n</c>: the place in the selection from which to go on forward or backward.
    /// </summary>
    private static JsonObject GetEvents(LogGroup group, JsonObject input)
    {
        var stream = group.Find(
            input.Text("logStreamName")
                ?? throw new ServiceError("InvalidParameterException", "logStreamName is required."))
            ?? throw new ServiceError("ResourceNotFoundException", "The specified log stream does not exist.");
        var events = stream.Read().Where(InTime(input)).OrderBy(e => e.Timestamp).ThenBy(e => e.Sequence).ToList();
        var limit = input.Number("limit") ?? MaxEvents;
        var token = input.Text("nextToken");
        var place = token is null
            ? -1
            : token is ['f' or 'b', '/', .. var number]
            ? JsonPage.Place(number, InvalidToken())
            : throw InvalidToken();
        var backward = token is null ? !input.Flag("startFromHead") : token.StartsWith('b');
        var end = backward
            ? (place < 0 ? events.Count : Math.Min(place, events.Count))
            : Math.Min(Math.Max(place, 0) + limit, events.Count);
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
        var prefix = input.Text("logStreamNamePrefix") ?? "";
        var names = input.Texts("logStreamNames");
        var pattern = new FilterPattern(input.Text("filterPattern"));
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
        var (start, end) = (input.Long("startTime") ?? 0, input.Long("endTime") ?? long.MaxValue);
        return e => e.Timestamp >= start && e.Timestamp <= end;
    }

    private static JsonObject Page<T>(
        JsonObject input, string member, IEnumerable<T> items, int max, Func<T, JsonObject> render) =>
        JsonPage.Of(
            member,
            items,
            render,
            Math.Min(input.Number("limit") ?? max, max),
            input.Text("nextToken"),
            InvalidToken());

    private static ServiceError InvalidToken() =>
        new("InvalidParameterException", "The specified nextToken is invalid.");
}
