using System.Text.Json.Nodes;
using Lapstack.Chaos;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Launching;

/// <summary>RunTask's refusals and lost answers when chaos chaos, in ECS's own words.</summary>
internal sealed class LaunchFaults(ChaosDice chaos)
{
    private const string RateExceeded = "Rate exceeded";

    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
    private static readonly string[] CapacityReasons =
    [
        "Capacity is unavailable at this time. Please try again later or in a different availability zone",
        "You've reached the limit on the number of vCPUs you can run concurrently",
    ];

    /// <summary>An answer with failures instead of tasks; null when the call may go on.</summary>
    /// <exception cref="ServiceError">The call is refused as a whole.</exception>
    public JsonObject? Refuse(TaskRequest request)
    {
        if (chaos.Hit(chaos.Shares.Throttle)) return Throttle(request.Definition.Family);
        if (!chaos.Hit(chaos.Shares.Capacity)) return null;
        var reason = chaos.OneOf(CapacityReasons);
        chaos.Report("capacity", $"RunTask of {request.Definition.Family} is refused in failures[]: {reason}");
        return Failure(reason);
    }

    /// <exception cref="AnswerLostException">The caller must not learn of the tasks.</exception>
    public void MayLoseAnswer(TaskRequest request)
    {
        if (!chaos.Hit(chaos.Shares.LostAnswer)) return;
        chaos.Report(
            "lost-answer", $"RunTask of {request.Definition.Family} started its task, and its answer is lost.");
        throw new AnswerLostException("RunTask");
    }

    private JsonObject Throttle(string family)
    {
        var form = chaos.OneOf("ThrottlingException", "ClientException", "failures[]");
        chaos.Report("throttle", $"RunTask of {family} is refused for its rate, as {form}.");
        return form == "failures[]" ? Failure(RateExceeded) : throw new ServiceError(form, RateExceeded);
    }

    private static JsonObject Failure(string reason) =>
        new() { ["tasks"] = new JsonArray(), ["failures"] = new JsonArray(new JsonObject { ["reason"] = reason }) };
}
