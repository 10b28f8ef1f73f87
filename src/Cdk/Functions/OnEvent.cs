using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

/// <summary>
/// The function that events wake, and the rules that bring them to its inbox. A stack whose jobs answer none has
/// neither.
/// </summary>
internal sealed class OnEvent(FunctionFactory functions, Queue undelivered, IReadOnlyList<Job> jobs)
{
    public Inbox Inbox { get; } = functions.AddInbox(
        Names.EventsQueue, nameof(OnEvent), FunctionTimes.Dispatch, ListensOnNamedBuses(jobs));

    public static bool IsNeeded(IEnumerable<Job> jobs) => jobs.Any(job => job.Definition.Events.Count > 0);

    /// <summary>Some rule is on another bus than the default one.</summary>
    public static bool ListensOnNamedBuses(IEnumerable<Job> jobs) =>
        jobs.SelectMany(job => job.Definition.Events).Any(trigger => trigger.BusName is not null);

    /// <param name="ready">Stands for all that has to work before any task may start.</param>
    public void AddRules(string stack, CfnRule ready)
    {
        foreach (var job in jobs)
        {
            foreach (var trigger in job.Definition.Events)
            {
                AddRule(stack, job, trigger).AfterAll([ready, .. job.Prerequisites]);
            }
        }
    }

    private CfnRule AddRule(string stack, Job job, EventTrigger trigger) => Delivery.OnEvents(
        job,
        $"Event {trigger.Name}",
        RuleName.Of(stack, job.Definition.Name, $"Event {trigger.Name}"),
        $"Events that start {job.Definition.Name}",
        Fields(trigger.ToPattern()),
        TriggerTarget.Of(Inbox.Queue, job.Definition.Name, trigger.Name, undelivered),
        trigger.Bus);

    private static Dictionary<string, object> Fields(JsonObject pattern) =>
        pattern.ToDictionary(field => field.Key, field => Plain(field.Value));

    /// <summary>As CDK takes it, which would leave out a null of .NET's.</summary>
    private static object Plain(JsonNode? node) => node switch
    {
        null => JsonNull.INSTANCE,
        JsonObject fields => Fields(fields),
        JsonArray alternatives => alternatives.Select(Plain).ToArray(),
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        _ => node.GetValue<string>(),
    };
}
