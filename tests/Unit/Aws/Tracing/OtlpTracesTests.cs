using System.Diagnostics;
using System.Net;
using Jobs.Aws.Tracing;
using Jobs.Core.Ids;
using Jobs.Core.Tracing;
using Jobs.Tests.Otlp;

namespace Jobs.Tests.Unit.Aws.Tracing;

public sealed class OtlpTracesTests : IDisposable
{
    private static readonly RunId Run = RunId.Parse("line-count/00000000000000000000000000");

    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 8, 0, 0, 123, TimeSpan.Zero);

    private readonly OtlpReceiver _receiver = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _said = [];

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task Span_arrives_whole()
    {
        using var traces = New(_receiver.Endpoint);
        var link = new ActivityContext(TraceIds.TraceOf(Run), TraceIds.RootOf(Run), ActivityTraceFlags.Recorded);
        traces.Add(Span() with
        {
            Parent = TraceIds.RootOf(Run),
            Kind = ActivityKind.Consumer,
            Error = "The file is empty.",
            Attributes =
            [
                new("text", "a"), new("number", 300), new("negative", -1L), new("share", 0.5), new("truth", true),
                new("list", (string[])["team=billing", "x"]), new("none", null),
            ],
            Events = [new("task stopped", Begin) { Attributes = [new("why", "it ended")] }],
            Links = [link],
        });
        await traces.FlushAsync();

        var span = Assert.Single(_receiver.Spans);
        Assert.Equal(("attempt", 5UL, "The file is empty."), (span.Name, span.Kind, span.Error));
        Assert.Equal(TraceIds.TraceOf(Run).ToHexString(), span.Trace);
        Assert.Equal(TraceIds.AttemptOf(new LaunchId(Run, 1)).ToHexString(), span.Span);
        Assert.Equal(TraceIds.RootOf(Run).ToHexString(), span.Parent);
        Assert.Equal((Begin, Begin.AddSeconds(3)), (span.Start, span.End));
        Assert.Equal(
            ["list=team=billing x", "negative=-1", "number=300", "share=0.5", "text=a", "truth=true"],
            span.Attributes.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["task stopped why=it ended"], span.Events);
        Assert.Equal([$"{link.TraceId}-{link.SpanId}"], span.Links);
        Assert.Equal("jobs", span.Resource["service.name"]);
        Assert.Equal(("application/x-protobuf", "secret"), Assert.Single(_receiver.Requests));
        Assert.Empty(_said);
    }

    [Fact]
    public async Task Nothing_is_sent_when_there_is_nothing_to_send()
    {
        using var traces = New(_receiver.Endpoint);
        await traces.FlushAsync();

        Assert.Empty(_receiver.Requests);
    }

    [Fact]
    public async Task Many_spans_are_sent_in_batches()
    {
        using var traces = New(_receiver.Endpoint);
        for (var i = 0; i < OtlpTraces.MaxBatch + 1; i++) traces.Add(Span());
        await traces.FlushAsync();

        Assert.Equal(2, _receiver.Requests.Count);
        Assert.Equal(OtlpTraces.MaxBatch + 1, _receiver.Spans.Count);
    }

    [Fact]
    public async Task What_the_queue_cannot_hold_is_dropped_and_said()
    {
        using var traces = New(_receiver.Endpoint);
        for (var i = 0; i < OtlpTraces.MaxQueued + 2; i++) traces.Add(Span());

        Assert.Equal(OtlpTraces.MaxQueued, traces.Queued);
        Assert.Contains("are dropped", Assert.Single(_said), StringComparison.Ordinal);
        await traces.FlushAsync();
        Assert.Equal(OtlpTraces.MaxQueued, _receiver.Spans.Count);
    }

    [Fact]
    public async Task Refusal_is_said_once_and_the_endpoint_is_left_alone_for_a_while()
    {
        _receiver.Status = HttpStatusCode.Forbidden;
        using var traces = New(_receiver.Endpoint);
        await FlushOneAsync(traces);
        await FlushOneAsync(traces);
        Assert.Single(_receiver.Requests);

        _clock.Advance(TimeSpan.FromSeconds(31));
        await FlushOneAsync(traces);

        Assert.Equal(2, _receiver.Requests.Count);
        Assert.Equal(0, traces.Queued);
        Assert.Contains("403", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_that_is_out_of_reach_fails_nothing()
    {
        var gone = _receiver.Endpoint;
        _receiver.Dispose();
        using var traces = New(gone);
        await FlushOneAsync(traces);

        Assert.Contains(gone.Authority, Assert.Single(_said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(3, 3)]
    public async Task Endpoint_that_does_not_answer_costs_a_second_or_the_timeout_that_is_set(int? set, int expected)
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        TimeSpan? timeout = set is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        using var traces = New(new Uri($"http://{silent.LocalEndpoint}"), timeout);
        var flushing = FlushOneAsync(traces);
        using var caller = await silent.AcceptTcpClientAsync();
        Assert.False(flushing.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(expected));
        await flushing;

        Assert.Contains($"no answer within {expected} s", Assert.Single(_said), StringComparison.Ordinal);
    }

    private static Task FlushOneAsync(OtlpTraces traces)
    {
        traces.Add(Span());
        return traces.FlushAsync();
    }

    private static TraceSpan Span() => new(
        "attempt",
        new ActivityContext(
            TraceIds.TraceOf(Run), TraceIds.AttemptOf(new LaunchId(Run, 1)), ActivityTraceFlags.Recorded),
        Begin,
        Begin.AddSeconds(3));

    private OtlpTraces New(Uri endpoint, TimeSpan? timeout = null) => new(
        new OtlpSettings(new Uri(endpoint, "v1/traces"))
        {
            Headers = [new("api-key", "secret")],
            Timeout = timeout,
            Resource = [new("service.name", "jobs")],
        },
        TimeSpan.FromSeconds(1),
        _said.Add,
        _clock);
}
