using Amazon.CDK.AWS.SQS;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

/// <summary>
/// The function that uploads wake, and the rules that bring them to its inbox; those of a job with a queue go there.
/// </summary>
internal sealed class OnUpload(FunctionFactory functions, UploadBuckets buckets, Queue undelivered)
{
    public Inbox Inbox { get; } = functions.AddInbox("Uploads", nameof(OnUpload), FunctionTimes.Dispatch);

    /// <param name="ready">Stands for all that has to work before any task may start.</param>
    public void AddRules(string stack, IEnumerable<Job> jobs, CfnRule ready)
    {
        foreach (var job in jobs)
        {
            foreach (var trigger in job.Definition.Uploads)
            {
                AddRule(stack, job, trigger).AfterAll(
                    [ready, .. job.Prerequisites, .. job.Backlog?.Intake ?? []]);
            }
        }
    }

    private CfnRule AddRule(string stack, Job job, UploadTrigger trigger) =>
        Delivery.OnEvents(
            job,
            $"On {trigger.Name}",
            RuleName.Of(stack, job.Definition.Name, $"On {trigger.Name}"),
            $"Uploads that start {job.Definition.Name}",
            UploadPattern.Matching(buckets.Of(trigger).Name, trigger),
            TriggerTarget.Of(job.Queue ?? Inbox.Queue, job.Definition.Name, trigger.Name, undelivered));
}
