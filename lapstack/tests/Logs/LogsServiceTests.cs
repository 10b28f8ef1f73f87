using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.CloudWatch;
using Lapstack.Services.Logs;
using Lapstack.State;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Tests.Logs;

public sealed class LogsServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-logs-").FullName;
    private readonly ManualClock _clock = new();
    private LogStore _store;

    public LogsServiceTests() => _store = Open();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Events_of_all_streams_are_filtered_in_order_of_time()
    {
        await WriteAsync("a", "first", "third error");
        await WriteAsync("b", "fourth");

        var all = await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs"}""");
        var errors = await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs","filterPattern":"error"}""");

        Assert.Equal(["first", "third error", "fourth"], Messages(all));
        Assert.Equal(["third error"], Messages(errors));
        Assert.Equal("a", errors["events"]![0]!["logStreamName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Following_from_the_newest_time_gives_only_events_with_new_ids()
    {
        await WriteAsync("a", "one", "two");
        var first = await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs","interleaved":true}""");
        var newest = first["events"]!.AsArray().Max(e => e!["timestamp"]!.GetValue<long>());
        await WriteAsync("a", "three");

        var next = await CallAsync(
            "FilterLogEvents", $$"""{"logGroupName":"/jobs","interleaved":true,"startTime":{{newest}}}""");

        var seen = Ids(first).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            ["three"],
            next["events"]!.AsArray()
                .Where(e => !seen.Contains(e!["eventId"]!.GetValue<string>()))
                .Select(e => e!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Pages_of_filtered_events_leave_none_out_and_repeat_none()
    {
        await WriteAsync("a", [.. Enumerable.Range(0, 5).Select(n => $"{n}")]);
        var read = new List<string>();
        string? token = null;
        do
        {
            var page = await CallAsync(
                "FilterLogEvents",
                $$"""{"logGroupName":"/jobs","limit":2{{(token is null ? "" : $",\"nextToken\":\"{token}\"")}}}""");
            read.AddRange(Messages(page));
            token = page["nextToken"]?.GetValue<string>();
        }
        while (token is not null);

        Assert.Equal(["0", "1", "2", "3", "4"], read);
    }

    [Fact]
    public async Task Stream_is_read_from_its_end_and_from_its_head()
    {
        await WriteAsync("a", "one", "two", "three");

        var end = await CallAsync("GetLogEvents", """{"logGroupName":"/jobs","logStreamName":"a","limit":2}""");
        Assert.Equal(["two", "three"], Messages(end));
        var before = await CallAsync(
            "GetLogEvents",
            $$"""{"logGroupName":"/jobs","logStreamName":"a","limit":2,"nextToken":"{{end["nextBackwardToken"]}}"}""");
        Assert.Equal(["one"], Messages(before));
        var head = await CallAsync(
            "GetLogEvents", """{"logGroupName":"/jobs","logStreamName":"a","limit":2,"startFromHead":true}""");
        Assert.Equal(["one", "two"], Messages(head));
        await WriteAsync("a", "four");
        var rest = await CallAsync(
            "GetLogEvents",
            $$"""{"logGroupName":"/jobs","logStreamName":"a","nextToken":"{{head["nextForwardToken"]}}"}""");
        Assert.Equal(["three", "four"], Messages(rest));
    }

    [Fact]
    public async Task Groups_and_streams_are_described_and_survive_a_restart()
    {
        _store.Ensure("/kept", 7);
        await WriteAsync("run/worker/1", "line");
        _store = Open();

        var groups = await CallAsync("DescribeLogGroups", "{}");
        Assert.Equal(
            ["/jobs", "/kept"], groups["logGroups"]!.AsArray().Select(g => g!["logGroupName"]!.GetValue<string>()));
        Assert.Equal(7, groups["logGroups"]![1]!["retentionInDays"]!.GetValue<int>());
        var streams = await CallAsync(
            "DescribeLogStreams",
            """{"logGroupName":"/jobs","logStreamNamePrefix":"run/","orderBy":"LogStreamName"}""");
        Assert.Equal(
            "run/worker/1", Assert.Single(streams["logStreams"]!.AsArray())!["logStreamName"]!.GetValue<string>());
        Assert.Equal(["line"], Messages(await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs"}""")));
    }

    [Fact]
    public async Task Streams_older_than_the_retention_go_when_a_new_one_comes()
    {
        _store.Ensure("/jobs", 7);
        await WriteAsync("old", "line");
        _clock.Advance(TimeSpan.FromDays(8));

        await WriteAsync("new", "line");

        Assert.Equal(["new"], _store.Find("/jobs")!.Streams.Select(s => s.Name));
    }

    [Fact]
    public async Task Streams_older_than_the_retention_go_at_the_start()
    {
        _store.Ensure("/jobs", 7);
        await WriteAsync("old", "line");
        _clock.Advance(TimeSpan.FromDays(8));

        _store = Open();
        _store.Ensure("/jobs", 7);

        Assert.Empty(_store.Find("/jobs")!.Streams);
    }

    [Fact]
    public async Task Stream_keeps_a_bounded_amount()
    {
        var line = new string('x', 200_000);
        for (var i = 0; i < 120; i++) await WriteAsync("a", line);

        var kept = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        Assert.InRange(kept, LogStream.MaxFileBytes, (2 * LogStream.MaxFileBytes) + (1024 * 1024));
    }

    [Fact]
    public async Task Half_a_line_that_a_crash_left_does_not_take_the_next_one_with_it()
    {
        await WriteAsync("a", "whole");
        await File.AppendAllTextAsync(FileOf("*.jsonl"), """{"timestamp":17""");

        _store = Open();
        await WriteAsync("a", "next");

        Assert.Equal(["whole", "next"], Messages(await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs"}""")));
    }

    [Fact]
    public async Task Stream_whose_file_was_being_replaced_at_a_crash_goes_on()
    {
        await WriteAsync("a", "before");
        var file = FileOf("*.jsonl");
        File.Copy(file, file + ".previous");
        await File.WriteAllTextAsync(file + ".new", (await File.ReadAllLinesAsync(file))[0] + "\n");
        File.Delete(file);

        _store = Open();
        await WriteAsync("a", "after");

        Assert.Equal(["before", "after"], Messages(await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs"}""")));
        Assert.False(File.Exists(file + ".new"));
    }

    [Fact]
    public async Task Stream_that_was_being_made_at_a_crash_is_made_again()
    {
        await WriteAsync("a", "lost");
        var file = FileOf("*.jsonl");
        File.Move(file, file + ".new");

        _store = Open();
        await WriteAsync("a", "line");

        Assert.Equal(["line"], Messages(await CallAsync("FilterLogEvents", """{"logGroupName":"/jobs"}""")));
    }

    [Theory]
    [InlineData("DescribeLogStreams", """{"logGroupName":"/other"}""", "ResourceNotFoundException")]
    [InlineData("GetLogEvents", """{"logGroupName":"/jobs","logStreamName":"other"}""", "ResourceNotFoundException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"/jobs","filterPattern":"{ $.level ~ 1 }"}""",
        "InvalidParameterException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"/jobs","nextToken":"x"}""", "InvalidParameterException")]
    [InlineData("GetLogEvents", """{"logGroupName":"/jobs","logStreamName":"a","nextToken":"f"}""",
        "InvalidParameterException")]
    [InlineData("DescribeLogStreams", """{"logGroupName":5}""", "SerializationException")]
    [InlineData("CreateLogGroup", """{"logGroupName":"/jobs"}""", "NotImplemented")]
    public async Task Bad_call_is_refused_with_its_code(string operation, string input, string code)
    {
        await WriteAsync("a", "line");

        Assert.Equal(code, (await Assert.ThrowsAsync<ServiceError>(() => CallAsync(operation, input))).Code);
    }

    [Theory]
    [InlineData("CreateLogStream", "CreateLogStream of logs")]
    [InlineData("StartQuery", "StartQuery of logs")]
    public async Task What_is_not_there_is_refused_by_name(string operation, string why)
    {
        var refused = await Assert.ThrowsAsync<ServiceError>(() => CallAsync(operation, "{}"));

        Assert.Equal(501, refused.Status);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "an error here", true)]
    [InlineData("error", "an Error here", false)]
    [InlineData("error here", "here is an error", true)]
    [InlineData("\"an error\"", "an error here", true)]
    [InlineData("\"an error\" here", "here, error", false)]
    [InlineData("", "anything", true)]
    [InlineData("error -retry", "an error here", true)]
    [InlineData("error -retry", "an error, so retry", false)]
    [InlineData("-\"an error\"", "an error here", false)]
    [InlineData("?warn ?error", "an error here", true)]
    [InlineData("?warn ?\"an error\"", "an error here", true)]
    [InlineData("?warn ?fatal", "an error here", false)]
    [InlineData("error ?fatal", "an error here", true)]
    [InlineData("?error -here", "an error here", false)]
    [InlineData("well-known", "a well-known error", true)]
    [InlineData("\"say \\\"x\\\"\"", "they say \"x\"", true)]
    public void Pattern_matches_when_all_its_terms_occur(string pattern, string message, bool matches) =>
        Assert.Equal(matches, new FilterPattern(pattern).Matches(message));

    [Theory]
    [InlineData("""{ $.level = "Error" }""", true)]
    [InlineData("{ $.level = Error }", true)]
    [InlineData("""{ $.level = "Err*" }""", true)]
    [InlineData("""{ $.level != "Error" }""", false)]
    [InlineData("""{ $.nothing != "Error" }""", false)]
    [InlineData("{ $.run.attempt = 2 }", true)]
    [InlineData("{ $.run.attempt > 1 && $.run.attempt <= 2 }", true)]
    [InlineData("{ $.run.attempt < 2 || $.run.attempt >= 2.5e0 }", false)]
    [InlineData("{ ($.run.attempt = 9 || $.level = Error) && $.last IS TRUE }", true)]
    [InlineData("{ $.run.attempt = 9 || $.level = Error && $.last IS FALSE }", false)]
    [InlineData("{ $.cause IS NULL }", true)]
    [InlineData("{ $.cause NOT EXISTS }", false)]
    [InlineData("{ $.nothing NOT EXISTS }", true)]
    [InlineData("{ $.codes[1] = 50* }", true)]
    [InlineData("""{ $["odd name"] = 1 }""", true)]
    [InlineData("""{ $.run.attempt = "2" }""", false)]
    public void Pattern_of_JSON_looks_at_members(string pattern, bool matches)
    {
        const string Line =
            """{"level":"Error","run":{"attempt":2},"last":true,"cause":null,"codes":[404,503],"odd name":1}""";

        Assert.Equal(matches, new FilterPattern(pattern).Matches(Line));
        Assert.False(new FilterPattern(pattern).Matches("no JSON"));
    }

    [Theory]
    [InlineData("{ $.level }")]
    [InlineData("{ $.level = }")]
    [InlineData("{ level = 1 }")]
    [InlineData("{ ($.level = 1 }")]
    [InlineData("{ $.level = %Err% }")]
    [InlineData("{ $.level > x }")]
    [InlineData("{ $.level = 1 $.x = 2 }")]
    [InlineData("[time, level]")]
    [InlineData("%[0-9]+%")]
    [InlineData("\"open")]
    public void Pattern_that_is_none_is_refused(string pattern) =>
        Assert.Contains(
            pattern, Assert.Throws<ServiceError>(() => new FilterPattern(pattern)).Message, StringComparison.Ordinal);

    private string FileOf(string pattern) =>
        Directory.GetFiles(_folder, pattern, SearchOption.AllDirectories).Single();

    private LogStore Open() => new(new StateFolder(_folder), new MetricStore(_clock), new Activity(_clock), _clock);

    private async Task WriteAsync(string stream, params string[] lines)
    {
        foreach (var line in lines)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await _store.AppendAsync("/jobs", stream, [new LogLine(_clock.GetUtcNow(), line)], CancellationToken.None);
        }
    }

    private async Task<JsonNode> CallAsync(string operation, string input)
    {
        var request = new WireRequest
        {
            RequestId = "request",
            Caller = Caller.Owner("000000000000"),
            Method = "POST",
            RawPath = "/",
            Query = QueryCollection.Empty,
            Headers = new HeaderDictionary { ["X-Amz-Target"] = $"Logs_20140328.{operation}" },
            Host = "127.0.0.1:4566",
            Body = new MemoryStream(Encoding.UTF8.GetBytes(input)),
        };
        var service = new LogsService(_store, new Account("000000000000", "us-east-1"));
        var response = await (await service.ReadAsync(request, CancellationToken.None)).Execute(CancellationToken.None);
        using var body = new MemoryStream();
        await response.Body!(body, CancellationToken.None);
        return JsonNode.Parse(body.ToArray())!;
    }

    private static IEnumerable<string> Messages(JsonNode page) =>
        page["events"]!.AsArray().Select(e => e!["message"]!.GetValue<string>());

    private static IEnumerable<string> Ids(JsonNode page) =>
        page["events"]!.AsArray().Select(e => e!["eventId"]!.GetValue<string>());
}
