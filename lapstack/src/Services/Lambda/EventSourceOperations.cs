using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Lambda;

/// <summary>Lambda's REST API: looking at what polls queues for functions.</summary>
internal sealed class EventSourceOperations(
    EventSources sources, FunctionStore functions, Account account, TimeProvider clock)
{
    private const int LargestPage = 100;

    private readonly DateTimeOffset _madeAt = clock.GetUtcNow();

    public Operation List(WireRequest request)
    {
        var size = request.Parameter("MaxItems") is { } text
                ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? Math.Min(number, LargestPage)
                : throw Invalid("MaxItems must be at least 1.")
            : LargestPage;
        var queue = request.Parameter("EventSourceArn");
        var function = request.Parameter("FunctionName") is { Length: > 0 } name
            ? functions.Get(name).Function.Name
            : null;
        return Answer("ListEventSourceMappings", "*", () => JsonPage.Of(
            "EventSourceMappings",
            sources.All.Where(
                source =>
                    (queue ?? source.QueueArn) == source.QueueArn
                        && (function ?? FunctionOf(source).Name) == FunctionOf(source).Name),
            Describe,
            size,
            request.Parameter("Marker") is { Length: > 0 } marker ? marker : null,
            Invalid("Marker is not valid."),
            next: "NextMarker"));
    }

    public Operation Get(string id) => Answer("GetEventSourceMapping", ArnOf(id), () => Describe(
        sources.All.FirstOrDefault(source => source.Id == id)
        ?? throw new ServiceError("ResourceNotFoundException", "The resource you requested does not exist.", 404)));

    private JsonObject Describe(EventSource source)
    {
        var described = new JsonObject
        {
            ["UUID"] = source.Id,
            ["EventSourceMappingArn"] = ArnOf(source.Id),
            ["EventSourceArn"] = source.QueueArn,
            ["FunctionArn"] = FunctionOf(source).Arn,
            ["BatchSize"] = source.BatchSize,
            ["MaximumBatchingWindowInSeconds"] = (int)source.Window.TotalSeconds,
            ["FunctionResponseTypes"] = source.ReportsItemFailures
                ? new JsonArray("ReportBatchItemFailures")
                : new JsonArray(),
            ["LastModified"] = _madeAt.ToUnixTimeSeconds(),
            ["State"] = source.IsEnabled ? "Enabled" : "Disabled",
            ["StateTransitionReason"] = "USER_INITIATED",
        };
        if (source.MaximumConcurrency is { } most)
        {
            described["ScalingConfig"] = new JsonObject { ["MaximumConcurrency"] = most };
        }

        return described;
    }

    private FunctionConfiguration FunctionOf(EventSource source) => functions.Get(source.FunctionName).Function;

    private string ArnOf(string id) => account.Arn("lambda", $"event-source-mapping:{id}");

    private static Operation Answer(string operation, string resource, Func<JsonObject> answer) => new(
        operation,
        [new AccessRequest($"lambda:{operation}", resource)],
        _ => Task.FromResult(WireResponse.Json(answer(), "application/json")));

    private static ServiceError Invalid(string message) => new("InvalidParameterValueException", message);
}
