using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Jobs.Core;
using Jobs.Core.Alerts;

namespace Jobs.Aws.Alerts;

/// <summary>
/// Alerts through an SNS topic that admins and jobs' recipients subscribe to, successes through another: admins filter
/// nothing, recipients by the job.
/// </summary>
/// <param name="successArn">The topic of successes; null where none hears of them.</param>
public sealed class SnsAlerts(IAmazonSimpleNotificationService sns, string topicArn, string? successArn) : IAlerts
{
    public async Task PublishAsync(Alert alert, CancellationToken cancellation)
    {
        // A deployment has taken the last recipient away since the run was asked for.
        if ((alert.IsSuccess ? successArn : topicArn) is not { } topic) return;
        await sns.PublishAsync(
            new PublishRequest
            {
                TopicArn = topic,
                Subject = alert.Subject,
                Message = alert.Body,
                MessageAttributes = alert.Job is { } job
                    ? new() { [Names.JobAttribute] = new() { DataType = "String", StringValue = job } }
                    : null,
            },
            cancellation);
    }
}
