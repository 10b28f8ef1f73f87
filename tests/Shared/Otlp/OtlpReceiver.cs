using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Jobs.Tests.Otlp;

/// <summary>A collector on this machine that keeps what it gets.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<string?> _callers = new();
    private readonly ConcurrentQueue<(string? Type, string? Key)> _requests = new();

    public OtlpReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"{Endpoint}");
        _listener.Start();
        Serving = ServeAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>What each request is answered.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>Content type, and the header <c>api-key</c>, of each request to where traces go.</summary>
    public IReadOnlyCollection<(string? Type, string? Key)> Requests => _requests;

    /// <summary>The header <c>traceparent</c> of each other request: what a service that is called sees.</summary>
    public IReadOnlyCollection<string?> Callers => _callers;

    private Task Serving { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                if (call.Request.Url?.AbsolutePath == "/v1/traces")
                {
                    _requests.Enqueue((call.Request.ContentType, call.Request.Headers["api-key"]));
                    foreach (var span in ReceivedSpan.Read(body.ToArray())) _spans.Enqueue(span);
                    call.Response.StatusCode = (int)Status;
                }
                else _callers.Enqueue(call.Request.Headers["traceparent"]);

                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
