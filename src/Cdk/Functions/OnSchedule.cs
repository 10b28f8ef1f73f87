using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Queues;

namespace Jobs.Cdk.Functions;

/// <summary>The function that planned times wake, and what brings them to its inbox.</summary>
internal sealed class OnSchedule(Construct parent, FunctionFactory functions, Queue undelivered)
{
    public Inbox Inbox { get; } = functions.AddInbox("Schedules", nameof(OnSchedule), FunctionTimes.Intake);

    /// <param name="ready">Stands for all that has to work before any task may start.</param>
    public void AddSchedules(IEnumerable<Job> jobs, CfnRule ready)
    {
        var delivery = new ScheduleDelivery(parent, Inbox.Queue, undelivered);
        foreach (var job in jobs)
        {
            foreach (var trigger in job.Definition.Schedules)
            {
                delivery.Add(job, trigger).AfterAll([ready, .. job.Prerequisites]);
            }
        }
    }
}
