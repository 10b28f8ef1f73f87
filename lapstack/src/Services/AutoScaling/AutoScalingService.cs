using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.AutoScaling;

/// <summary>Application Auto Scaling on the wire: reading. Targets and policies come from the template.</summary>
internal sealed class AutoScalingService : JsonService
{
    private const int MostResults = 50;

    private readonly ScalingStore _store;

    public AutoScalingService(ScalingStore store)
        : base("application-autoscaling", "AnyScaleFrontendService", Protocol.AwsJson11)
    {
        _store = store;
        Add(
            "DescribeScalableTargets",
            call => Describe(call, "ScalableTargets", t => [ScalingJson.Target(t, _store.StateOf(t))]));
        Add("DescribeScalingPolicies", call => Describe(call, "ScalingPolicies", Policies));
        Add(
            "DescribeScalingActivities",
            call =>
                Describe(
                    call,
                    "ScalingActivities",
                    t => _store.StateOf(t).Activities.Select(a => ScalingJson.Activity(t, a))));
        Add(
            "DescribeScheduledActions",
            call => Describe(call, "ScheduledActions", t => t.ScheduledActions.Select(a => ScalingJson.Action(t, a))));
    }

    private IEnumerable<JsonObject> Policies(ScalableTarget target) =>
        _store.Policies.Where(p => p.TargetId == target.Id).Select(
            p => ScalingJson.Policy(target, p, _store.StateOf(target).CreatedAt));

    private Operation Describe(JsonCall call, string member, Func<ScalableTarget, IEnumerable<JsonObject>> render)
    {
        if (call.Input.Text("ServiceNamespace") is not { } name)
        {
            throw Invalid("ServiceNamespace must be given, such as ecs.");
        }

        var ids = call.Input.Texts("ResourceIds") ?? (call.Input.Text("ResourceId") is { } one ? [one] : null);
        var size = call.Input.Number("MaxResults") ?? MostResults;
        if (size is < 1 or > MostResults) throw Invalid($"MaxResults must be 1 to {MostResults}, and is {size}.");
        return call.Answer(new AccessRequest($"application-autoscaling:{call.Name}", "*"), () =>
        {
            var items = _store.Targets.Where(
                t => name == ScalableTarget.Namespace && ids?.Contains(t.ResourceId) != false)
                .SelectMany(render);
            var refusal = new ServiceError("InvalidNextTokenException", "Invalid token.");
            return JsonPage.Of(
                member, items, item => item, size, call.Input.Text("NextToken"), refusal, next: "NextToken");
        });
    }

    private static ServiceError Invalid(string message) => new("ValidationException", message);
}
