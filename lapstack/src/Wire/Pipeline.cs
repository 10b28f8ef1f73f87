using System.Runtime.ExceptionServices;
using Lapstack.Access;
using Lapstack.Ground;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lapstack.Wire;

/// <summary>
/// One request from the port to the answer: route, authenticate, read, authorize everything, execute. There is no other
/// way to a service, so nothing runs unauthorized.
/// </summary>
internal sealed class Pipeline(
    Router router,
    Authenticator authenticator,
    IAuthorizer authorizer,
    Ids ids,
    Activity activity,
    ApiCalls calls,
    IEnumerable<IRoute> routes)
{
    private readonly IRoute[] _routes = [.. routes];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Requests that came early are answered from now on.</summary>
    public void Open() => _ready.TrySetResult();

    public async Task HandleAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        await _ready.Task.WaitAsync(cancellation);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = PathOf(target);
        context.Request.Body = new AwaitedBody(context.Request.Body);
        var requestId = ids.Uuid();
        if (BrowserGuard.Refusal(context.Request) is { } refusal)
        {
            await RefuseAsync(context, path, refusal, requestId, cancellation);
            return;
        }

        if (_routes.FirstOrDefault(r => path.StartsWith(r.Prefix, StringComparison.Ordinal)) is { } route)
        {
            await route.HandleAsync(context);
            return;
        }

        try
        {
            var response = await AnswerAsync(context, path, requestId, cancellation);
            await WriteAsync(context, response, requestId, cancellation);
        }
        catch (AnswerLostException)
        {
            context.Abort();
        }
    }

    private async Task RefuseAsync(
        HttpContext context, string path, string refusal, string requestId, CancellationToken cancellation)
    {
        activity.Report("Emulator", "Refused", refusal);
        var protocol = GuessProtocol(Request(context, path, requestId, Caller.Owner("")));
        var error = new ServiceError("AccessDenied", refusal, 403);
        var response = ErrorRendering.Render(error, protocol, "", null, requestId, path);
        await WriteAsync(context, response, requestId, cancellation);
    }

    private async Task<WireResponse> AnswerAsync(
        HttpContext context, string path, string requestId, CancellationToken cancellation)
    {
        var scope = SignatureScope.Read(context.Request);
        var request = Request(context, path, requestId, Caller.Owner(""));
        var service = router.Find(scope, request);
        var protocol = service?.Protocol ?? GuessProtocol(request);
        try
        {
            // Kestrel takes them for methods of their own, which have a body where HEAD has none.
            if (request.Method.Any(char.IsAsciiLetterLower))
                throw new ServiceError("MethodNotAllowed", $"There is no method {request.Method}.", 405);
            if (service is null) throw await UnknownAsync(scope, request, protocol, cancellation);
            var caller = await authenticator.FindCallerAsync(
                scope, context.Request, path, protocol, () => request.ReadBytesAsync(cancellation));
            var authenticated = request.By(caller);
            var operation = await service.ReadAsync(authenticated, cancellation);
            Authorize(service, caller, operation);
            var body = service.TakesSecrets ? default : authenticated.Buffered;
            calls.Report(new ApiCall(service.Name, operation.Name, caller.Arn, body)
            {
                InvocationId = context.Request.Headers["amz-sdk-invocation-id"],
            });
            return await operation.Execute(cancellation);
        }
        catch (Exception e) when (
            e is not AnswerLostException && (e is ServiceError || !cancellation.IsCancellationRequested))
        {
            if (e is not (ServiceError or BadHttpRequestException))
                Report(e, $"{service?.Name} {request.Method} {path}");
            return ErrorRendering.Render(
                ErrorOf(e, protocol), protocol, service?.ErrorPrefix ?? "", service?.XmlNamespace, requestId, path);
        }
    }

    private void Report(Exception failure, string request)
    {
        var full = FullDisk.Sentence(failure);
        activity.Report("Emulator", full is null ? "InternalError" : "DiskFull", $"{request}: {full ?? $"{failure}"}");
    }

    private static ServiceError ErrorOf(Exception failure, Protocol protocol) => (failure, protocol) switch
    {
        (ServiceError error, _) => error,
        (BadHttpRequestException bad, Protocol.RestXml) => new("IncompleteBody", bad.Message, bad.StatusCode),
        (BadHttpRequestException bad, _) => new("SerializationException", bad.Message, bad.StatusCode),
        (_, Protocol.RestXml) => new("InternalError", Failed(failure), 500),
        _ => new("InternalFailure", Failed(failure), 500),
    };

    private static string Failed(Exception failure) =>
        FullDisk.Sentence(failure) ?? $"The emulator failed: {failure.Message}";

    private void Authorize(IService service, Caller caller, Operation operation)
    {
        foreach (var access in operation.Access)
        {
            if (authorizer.Refusal(caller, access) is not { } refusal) continue;
            throw service.Denial(refusal);
        }
    }

    private static WireRequest Request(HttpContext context, string path, string requestId, Caller caller)
    {
        var headers = context.Request.Headers;
        var chunked = headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal)
            || headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.Ordinal);
        return new WireRequest
        {
            RequestId = requestId,
            Caller = caller,
            Method = context.Request.Method,
            RawPath = path,
            Query = context.Request.Query,
            Headers = headers,
            Host = context.Request.Host.Value ?? "",
            SourceIp = context.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "127.0.0.1",
            Body = chunked ? new AwsChunkedStream(context.Request.Body) : context.Request.Body,
        };
    }

    private static async Task WriteAsync(
        HttpContext context, WireResponse response, string requestId, CancellationToken cancellation)
    {
        var answer = context.Response;
        answer.StatusCode = response.Status;
        answer.Headers["x-amzn-RequestId"] = requestId;
        answer.Headers["x-amz-request-id"] = requestId;
        foreach (var (name, value) in response.Headers) answer.Headers[name] = value;
        // Nothing tells whether what comes next is the body that was not asked for, or another request.
        if (context.Request is { Headers.Expect.Count: > 0, Body: AwaitedBody { WasAskedFor: false } })
            answer.Headers.Connection = "close";
        answer.ContentType = response.ContentType;
        if (response.ContentLength is { } length && response.Status != StatusCodes.Status204NoContent)
        {
            answer.ContentLength = length;
        }

        if (response.Body is not { } body
            || context.Request.Method == HttpMethods.Head
            || response.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        try
        {
            await body(answer.Body, cancellation);
        }
        catch (Exception failed) when (answer.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            if (!cancellation.IsCancellationRequested) ExceptionDispatchInfo.Throw(failed);
        }
    }

    private static string PathOf(string target)
    {
        var start = target.StartsWith('/')
            ? 0
            : target.IndexOf('/', Math.Max(0, target.IndexOf("//", StringComparison.Ordinal) + 2));
        if (start < 0) return "/";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target[start..] : target[start..query];
    }

    // A service the emulator lacks: the operation is named all the same, where the protocol says it.
    private static async Task<ServiceError> UnknownAsync(
        SignatureScope? scope, WireRequest request, Protocol protocol, CancellationToken cancellation)
    {
        var action = protocol == Protocol.Query
            ? (await request.ReadFormAsync(cancellation)).GetValueOrDefault("Action")
            : null;
        var operation = request.Header("X-Amz-Target")?.Split('.')[^1]
            ?? action
            ?? $"{request.Method} {request.RawPath}";
        return ServiceError.Unsupported(scope?.Service ?? "an unknown service", operation);
    }

    private static Protocol GuessProtocol(WireRequest request) =>
        request.Header("X-Amz-Target") is not null ? Protocol.AwsJson11
        : request.Header("Content-Type")?.StartsWith(
            "application/x-www-form-urlencoded", StringComparison.Ordinal) == true ? Protocol.Query
        : request.Header("Content-Type")?.Contains("json", StringComparison.Ordinal) == true ? Protocol.RestJson
        : Protocol.RestXml;
}
