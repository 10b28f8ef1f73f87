using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Lambda;

/// <summary>
/// Sends the record of an asynchronous event's end to the function's destination, as the function's role.
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
/// </summary>
internal sealed class Destinations(
    IQueues queues,
    Func<ITopics> topics,
    IAuthorizer authorizer,
    IMetrics metrics,
    Activity activity,
    TimeProvider clock)
{
    private static readonly Dictionary<string, string> NoAttributes = [];

    /// <param name="condition">Success, RetriesExhausted, EventAgeExceeded or ReservedConcurrencyZero.</param>
    /// <param name="answer">The last answer; null when the function was not invoked.</param>
    public async Task SendAsync(
        FunctionConfiguration function, EventInvokeSettings settings, AsyncEvent @event, string condition,
        InvocationAnswer? answer, CancellationToken cancellation)
    {
        var succeeded = condition == "Success";
        if ((succeeded ? settings.OnSuccessArn : settings.OnFailureArn) is { } destination)
            await DeliverAsync(
                function,
                destination,
                Record(function, @event, condition, answer).ToJsonString(),
                NoAttributes,
                cancellation);
        if (!succeeded && function.DeadLetterArn is { } deadLetters)
            await DeliverAsync(
                function,
                deadLetters,
                Encoding.UTF8.GetString(@event.Payload),
                DeadLetterAttributes(@event, answer),
                cancellation);

        if (!succeeded)
        {
            activity.Report(
                "Lambda",
                condition,
                $"{function.Name} is given up on event {@event.RequestId} after {@event.Attempts} attempts.");
        }
    }

    private static Dictionary<string, string> DeadLetterAttributes(AsyncEvent @event, InvocationAnswer? answer) => new()
    {
        ["RequestID"] = @event.RequestId,
        ["ErrorCode"] = "200",
        ["ErrorMessage"] = answer?.Summary() ?? "The event was not delivered.",
    };

    private JsonObject Record(
        FunctionConfiguration function, AsyncEvent @event, string condition, InvocationAnswer? answer)
    {
        var record = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = IsoTime.Milliseconds(clock.GetUtcNow()),
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = @event.RequestId,
                ["functionArn"] = $"{function.Arn}:$LATEST",
                ["condition"] = condition,
                ["approximateInvokeCount"] = @event.Attempts,
            },
            ["requestPayload"] = Parse(@event.Payload),
        };
        if (answer is null) return record;

        var context = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" };
        if (answer.Failed) context["functionError"] = "Unhandled";
        record["responseContext"] = context;
        record["responsePayload"] = Parse(answer.Payload.Span);
        return record;
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return null;
        try
        {
            return JsonNode.Parse(payload);
        }
        catch (JsonException)
        {
            return JsonValue.Create(Encoding.UTF8.GetString(payload));
        }
    }

    /// <summary>
    /// A destination that cannot be reached loses the record, as on AWS (metric DestinationDeliveryFailures); here it
    /// is reported too.
    /// </summary>
    private async Task DeliverAsync(
        FunctionConfiguration function, string arn, string message, Dictionary<string, string> attributes,
        CancellationToken cancellation)
    {
        var role = function.AssumeRole(authorizer);
        var toTopic = arn.Split(':')[2] == "sns";
        var request = new AccessRequest(toTopic ? "sns:Publish" : "sqs:SendMessage", arn);
        var refusal = authorizer.Refusal(role, request)?.Sentence;
        if (refusal is null && !(toTopic ? topics().Exists(arn) : queues.Exists(arn)))
        {
            refusal = $"{arn} does not exist.";
        }

        if (refusal is not null)
        {
            metrics.Add(
                new MetricName("AWS/Lambda", "DestinationDeliveryFailures", ("FunctionName", function.Name)), 1);
            activity.Report(
                "Lambda", "DestinationDeliveryFailures", $"The record of {function.Name} is lost: {refusal}");
            return;
        }

        if (toTopic) await topics().PublishAsync(arn, null, message, cancellation);
        else await queues.SendAsync(arn, message, attributes, role, cancellation);
    }
}
