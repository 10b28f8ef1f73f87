using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Wire;

namespace Lapstack.Services.Lambda;

/// <summary>Lambda's REST API: invoking functions, and looking at them.</summary>
internal sealed class LambdaService(
    FunctionStore functions, EventSourceOperations sources, AsyncInvocations asynchronous, Account account,
        Ids ids) : IService
{
    private const string Root = "/2015-03-31/";

    /// <summary>In bytes: 6 MB for a synchronous event, 1 MB for an asynchronous one.</summary>
    private const int MaxPayload = 6 * 1024 * 1024, MaxAsyncPayload = 1024 * 1024;

    public string Name => "lambda";

    public Protocol Protocol => Protocol.RestJson;

    public bool Claims(WireRequest request) => request.RawPath.StartsWith(Root, StringComparison.Ordinal);

    public async Task<Operation> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        var path = request.RawPath.StartsWith(Root, StringComparison.Ordinal)
            ? request.RawPath[Root.Length..]
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(Uri.UnescapeDataString)
                .ToArray()
            : null;
        return (request.Method, path) switch
        {
            ("GET", ["event-source-mappings"]) => sources.List(request),
            ("GET", ["event-source-mappings", var id]) => sources.Get(id),
            ("GET", ["functions"]) =>
                Json(
                    "ListFunctions",
                    "*",
                    () => new JsonObject { ["Functions"] = new JsonArray([.. functions.All.Select(Describe)]) }),
            ("GET", ["functions", var name]) => ForFunction("GetFunction", name, f => new JsonObject
            {
                ["Configuration"] = Describe(f),
                ["Code"] = new JsonObject
                {
                    ["RepositoryType"] = "Local",
                    ["Location"] = new Uri(f.CodeFolder).AbsoluteUri,
                },
            }),
            ("GET", ["functions", var name, "configuration"]) =>
                ForFunction("GetFunctionConfiguration", name, Describe),
            ("GET", ["functions", var name, "policy"]) => ForFunction("GetPolicy", name, Policy),
            ("POST", ["functions", var name, "invocations"]) =>
                Invoke(name, request, await request.ReadBytesAsync(cancellation)),
            _ => throw ServiceError.Unsupported("lambda", $"{request.Method} {request.RawPath}"),
        };
    }

    private Operation Invoke(string name, WireRequest request, byte[] payload)
    {
        if (!Enum.TryParse<InvocationType>(
            request.Header("X-Amz-Invocation-Type") ?? nameof(InvocationType.RequestResponse), out var type))
            throw new ServiceError(
                "InvalidParameterValueException", "X-Amz-Invocation-Type must be RequestResponse, Event or DryRun.");
        var limit = type == InvocationType.Event ? MaxAsyncPayload : MaxPayload;
        if (payload.Length > limit)
            throw new ServiceError(
                "RequestTooLargeException",
                $"Request must be smaller than {limit} bytes for the InvokeFunction operation",
                413);
        // As AWS: no payload is an empty object.
        if (payload.Length == 0) payload = "{}"u8.ToArray();
        CheckJson(payload);

        var pool = functions.Find(name);
        var arn = pool?.Function.Arn ?? account.Arn("lambda", $"function:{name}");
        return new Operation("Invoke", [new AccessRequest("lambda:InvokeFunction", arn)], async cancellation =>
        {
            var target = pool ?? functions.Get(name);
            switch (type)
            {
                case InvocationType.DryRun:
                    return WireResponse.Empty(204);
                case InvocationType.Event:
                    asynchronous.Enqueue(target.Function.Name, request.RequestId, payload);
                    return WireResponse.Empty(202);
                case InvocationType.RequestResponse when target.Function.ReservedConcurrency == 0:
                    throw new ServiceError("TooManyRequestsException", "Rate Exceeded.", 429);
                default:
                    var answer = await target.InvokeAsync(new Invocation(ids.Uuid(), payload), cancellation);
                    return Render(answer, withLog: request.Header("X-Amz-Log-Type") == "Tail");
            }
        });
    }

    private static WireResponse Render(InvocationAnswer answer, bool withLog)
    {
        var response = WireResponse.Bytes(answer.Payload, "application/json");
        response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (answer.Failed) response.Headers["X-Amz-Function-Error"] = "Unhandled";
        if (withLog)
        {
            response.Headers["X-Amz-Log-Result"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(answer.LogTail));
        }

        return response;
    }

    private static void CheckJson(byte[] payload)
    {
        try
        {
            JsonNode.Parse(payload);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new ServiceError(
                "InvalidRequestContentException", $"Could not parse request body into json: {e.Message}");
        }
    }

    private Operation ForFunction(string operation, string name, Func<FunctionConfiguration, JsonObject> describe)
    {
        var arn = functions.Find(name)?.Function.Arn ?? account.Arn("lambda", $"function:{name}");
        return Json(operation, arn, () => describe(functions.Get(name).Function));
    }

    private static Operation Json(string operation, string resource, Func<JsonObject> answer) => new(
        operation,
        [new AccessRequest($"lambda:{operation}", resource)],
        _ => Task.FromResult(WireResponse.Json(answer(), "application/json")));

    private JsonObject Policy(FunctionConfiguration function)
    {
        var statements = functions.StatementsOf(function);
        if (statements.Count == 0)
        {
            throw new ServiceError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        }

        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Id"] = "default",
            ["Statement"] = new JsonArray([.. statements.Select(statement => statement.DeepClone())]),
        };
        return new JsonObject { ["Policy"] = policy.ToJsonString(JsonText.Plain) };
    }

    /// <summary>Environment values are left out: they may be secret, and they are in the template.</summary>
    private static JsonObject Describe(FunctionConfiguration function) => new()
    {
        ["FunctionName"] = function.Name,
        ["FunctionArn"] = function.Arn,
        ["Runtime"] = function.Runtime,
        ["Role"] = function.RoleArn,
        ["Handler"] = function.Handler,
        ["Description"] = function.Description,
        ["Timeout"] = (int)function.Timeout.TotalSeconds,
        ["MemorySize"] = function.MemoryMiB,
        ["Environment"] = new JsonObject
        {
            ["Variables"] = new JsonObject(
                function.Environment.Select(
                    variable => KeyValuePair.Create<string, JsonNode?>(variable.Key, variable.Value))),
        },
        ["LastModified"] = Directory.GetLastWriteTimeUtc(function.CodeFolder)
            .ToString("yyyy-MM-ddTHH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
        ["Version"] = "$LATEST",
        ["PackageType"] = "Zip",
        ["State"] = "Active",
        ["LastUpdateStatus"] = "Successful",
        ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "Text", ["LogGroup"] = function.LogGroup },
    };
}
