using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Jobs.Tests.Packages;

/// <summary>An HTTP server on this machine that records what it gets and answers as told.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<Received, CancellationToken, Task<Reply>> _answer;
    private readonly CancellationTokenSource _stop = new();

    public StubServer(Func<Received, Reply> answer)
        : this((received, _) => Task.FromResult(answer(received)))
    {
    }

    public StubServer(Func<Received, CancellationToken, Task<Reply>> answer)
    {
        _answer = answer;
        Authority = $"127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"http://{Authority}/");
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Authority { get; }

    public string Url => $"http://{Authority}";

    /// <summary>In the order of arrival.</summary>
    public ConcurrentQueue<Received> Requests { get; } = new();

    public Received Only => Assert.Single(Requests);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Close();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var headers = context.Request.Headers.AllKeys.ToDictionary(
            key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase);
        var received = new Received(
            context.Request.HttpMethod, context.Request.RawUrl!, headers, await reader.ReadToEndAsync());
        Requests.Enqueue(received);
        try
        {
            var reply = await _answer(received, _stop.Token);
            context.Response.StatusCode = reply.Status;
            foreach (var (name, value) in reply.Headers) context.Response.Headers[name] = value;
            var body = System.Text.Encoding.UTF8.GetBytes(reply.Body);
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body, _stop.Token);
            context.Response.Close();
        }
        catch (Exception e) when (e is OperationCanceledException or HttpListenerException or ObjectDisposedException)
        {
            context.Response.Abort();    // the client, or the test, has gone
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

internal sealed record Reply(int Status, string Body, params (string Name, string Value)[] Headers)
{
    public static Reply Json(string body) =>
        new(200, body, ("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-RequestId", "request-1"));

    public static Reply Error(int status, string body, params (string Name, string Value)[] headers) =>
        new(
            status,
            body,
            [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-RequestId", "request-1"), .. headers]);
}
