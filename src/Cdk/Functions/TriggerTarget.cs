using System.Text.Json;
using Amazon.CDK.AWS.SQS;
using Jobs.Cdk.Queues;

namespace Jobs.Cdk.Functions;

/// <summary>A queue as the target of a trigger's rule, and what it gets of an event.</summary>
internal static class TriggerTarget
{
    /// <param name="queue">An inbox's, or the job's own.</param>
    /// <param name="job">Name of the job.</param>
    /// <param name="trigger">Name of the trigger.</param>
    /// <param name="undelivered">Gets what the queue does not.</param>
    public static CfnRule.TargetProperty Of(Queue queue, string job, string trigger, Queue undelivered)
    {
        var target = Delivery.To("Inbox", queue.QueueArn, undelivered);
        target.InputTransformer = new CfnRule.InputTransformerProperty { InputTemplate = Template(job, trigger) };
        return target;
    }

    /// <summary>
    /// Job and trigger around the untouched event. JSON's escapes keep angle brackets in a name from becoming a
    /// placeholder. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
    /// </summary>
    public static string Template(string job, string trigger) =>
        $$"""{"job": {{JsonSerializer.Serialize(job)}}, "trigger": {{JsonSerializer.Serialize(trigger)}}, "event": <aws.events.event.json>}""";
}
