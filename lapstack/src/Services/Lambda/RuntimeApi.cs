using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lapstack.Services.Lambda;

/// <summary>
/// The Lambda Runtime API of one execution environment. It has a port of its own, because AWS_LAMBDA_RUNTIME_API is
/// host and port only and nothing else in a request says which environment asks.
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
internal sealed class RuntimeApi : IHttpApplication<HttpContext>, IAsyncDisposable
{
    /// <summary>The largest answer, in bytes.</summary>
    private const long MaxResponseBytes = 6 * 1024 * 1024;

    private const string Root = "/2018-06-01/runtime/";
    private readonly Channel<Pending> _events = Channel.CreateUnbounded<Pending>();
    private readonly TaskCompletionSource<InvocationAnswer?> _initialized = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionConfiguration _function;
    private readonly KestrelServer _server;
    private volatile Pending? _current;

    private RuntimeApi(FunctionConfiguration function)
    {
        _function = function;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null; // Too large an answer is the function's error, not the connection's.
        options.Listen(IPAddress.Loopback, 0);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary>
    /// Completes when the function asks for its first event (null), or reports that it cannot start (its error).
    /// </summary>
    public Task<InvocationAnswer?> Initialized => _initialized.Task;

    /// <summary>Host and port, as AWS_LAMBDA_RUNTIME_API wants it.</summary>
    public string Address =>
        new Uri(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Authority;

    public static async Task<RuntimeApi> StartAsync(FunctionConfiguration function, CancellationToken cancellation)
    {
        var api = new RuntimeApi(function);
        await api._server.StartAsync(api, cancellation);
        return api;
    }

    /// <summary>Gives the event to the function at its next asking, and completes with its answer.</summary>
    public Task<InvocationAnswer> OfferAsync(Invocation invocation, DateTimeOffset deadline)
    {
        var pending = new Pending(invocation, deadline);
        _events.Writer.TryWrite(pending);
        return pending.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync(); // The function is gone or going: open requests are not waited for.
        await _server.StopAsync(now.Token);
        _server.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) =>
        new DefaultHttpContext(contextFeatures);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    async Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Root, StringComparison.Ordinal)) context.Response.StatusCode = 404;
        else await RouteAsync(context, path[Root.Length..].Split('/'));
    }

    private Task RouteAsync(HttpContext context, string[] path) => (context.Request.Method, path) switch
    {
        ("GET", ["invocation", "next"]) => NextAsync(context),
        ("POST", ["invocation", var id, "response"]) => AnswerAsync(context, id, failed: false),
        ("POST", ["invocation", var id, "error"]) => AnswerAsync(context, id, failed: true),
        ("POST", ["init", "error"]) => InitErrorAsync(context),
        _ => WriteAsync(context, 404, """{"errorMessage":"No such Runtime API path.","errorType":"InvalidPath"}"""),
    };

    private async Task NextAsync(HttpContext context)
    {
        _initialized.TrySetResult(null);
        var pending = await _events.Reader.ReadAsync(context.RequestAborted);
        _current = pending;
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = pending.Invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = pending.Deadline.ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = _function.Arn;
        headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{pending.Deadline.ToUnixTimeSeconds():x8}-{pending.Invocation.RequestId.Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = pending.Invocation.Payload.Length;
        await context.Response.Body.WriteAsync(pending.Invocation.Payload, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, string requestId, bool failed)
    {
        var body = await ReadBodyAsync(context);
        if (_current is not { } pending || pending.Invocation.RequestId != requestId)
        {
            await WriteAsync(
                context,
                400,
                """{"errorMessage":"This is not the request the environment works on.","errorType":"InvalidRequestID"}""");
            return;
        }

        _current = null;
        if (body.Length > MaxResponseBytes)
        {
            await WriteAsync(
                context, 413, """{"errorMessage":"The answer exceeds 6 MB.","errorType":"RequestEntityTooLarge"}""");
            pending.Answer.TrySetResult(InvocationAnswer.Error(
                "Function.ResponseSizeTooLarge",
                $"Response payload size ({body.Length} bytes) exceeded maximum allowed payload size " +
                $"({MaxResponseBytes} bytes)."));
            return;
        }

        await WriteAsync(context, 202, """{"status":"OK"}""");
        pending.Answer.TrySetResult(new InvocationAnswer(failed, body));
    }

    private async Task InitErrorAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context);
        await WriteAsync(context, 202, """{"status":"OK"}""");
        _initialized.TrySetResult(new InvocationAnswer(Failed: true, body));
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private sealed record Pending(Invocation Invocation, DateTimeOffset Deadline)
    {
        public TaskCompletionSource<InvocationAnswer> Answer { get; } = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
