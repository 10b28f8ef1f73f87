using System.Collections.Concurrent;
using System.Globalization;

namespace Jobs.Tests.Packages.Runtime;

/// <summary>
/// The Lambda Runtime API: hands out the events it has, then keeps the function waiting or refuses it.
/// </summary>
internal sealed class FakeRuntimeApi : IDisposable
{
    public const string Trace = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
    public const string FunctionArn = "arn:aws:lambda:eu-west-1:123456789012:function:sample";

    private readonly StubServer _server;
    private readonly ConcurrentQueue<string> _events;
    private readonly TimeSpan _timeLeft;
    private int _id;

    public FakeRuntimeApi(TimeSpan timeLeft, params string[] events)
    {
        _timeLeft = timeLeft;
        _events = new ConcurrentQueue<string>(events);
        _server = new StubServer(AnswerAsync);
    }

    public string Authority => _server.Authority;

    public int PostStatus { get; init; } = 202;

    public bool RefuseWhenDrained { get; set; }

    public Received Posted(string path) =>
        Assert.Single(
            _server.Requests, request => request.Method == "POST" && request.Path == "/2018-06-01/runtime" + path);

    public int Posts => _server.Requests.Count(request => request.Method == "POST");

    public void Dispose() => _server.Dispose();

    private async Task<Reply> AnswerAsync(Received request, CancellationToken stop)
    {
        if (request.Method == "POST") return new Reply(PostStatus, """{"status":"OK"}""");
        if (!_events.TryDequeue(out var @event))
        {
            if (RefuseWhenDrained) return new Reply(500, "");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        var deadline = (TimeProvider.System.GetUtcNow() + _timeLeft).ToUnixTimeMilliseconds();
        return new Reply(
            200,
            @event!,
            ("Content-Type", "application/json"),
            ("Lambda-Runtime-Aws-Request-Id", $"request-{++_id}"),
            ("Lambda-Runtime-Deadline-Ms", deadline.ToString(CultureInfo.InvariantCulture)),
            ("Lambda-Runtime-Invoked-Function-Arn", FunctionArn),
            ("Lambda-Runtime-Trace-Id", Trace));
    }
}
