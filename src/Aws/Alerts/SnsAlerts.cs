using System.Text;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Jobs.Core;
using Jobs.Core.Alerts;

namespace Jobs.Aws.Alerts;

/// <summary>
/// Alerts through an SNS topic that admins and jobs' recipients subscribe to, successes through another: admins filter
/// nothing, recipients by the job. Chat channels are subscribed to the first.
/// </summary>
/// <param name="successArn">The topic of successes; null where none hears of them.</param>
/// <param name="hasChat">There are channels, whose integration understands its own format only.</param>
public sealed class SnsAlerts(
    IAmazonSimpleNotificationService sns, string topicArn, string? successArn, bool hasChat = false) : IAlerts
{
    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_Publish.html</summary>
    private const int MaxMessageBytes = 262_144;

    public async Task PublishAsync(Alert alert, CancellationToken cancellation)
    {
        // A deployment has taken the last recipient away since the run was asked for.
        if ((alert.IsSuccess ? successArn : topicArn) is not { } topic) return;
        var forChat = hasChat && !alert.IsSuccess ? ForBoth(alert) : null;
        await sns.PublishAsync(
            new PublishRequest
            {
                TopicArn = topic,
                Subject = alert.Subject,
                Message = forChat ?? alert.Body,
                MessageStructure = forChat is null ? null : "json",
                MessageAttributes = alert.Job is { } job
                    ? new() { [Names.JobAttribute] = new() { DataType = "String", StringValue = job } }
                    : null,
            },
            cancellation);
    }

    /// <summary>The text and the chat's message; of a text that leaves no room for both, as much as does.</summary>
    private static string ForBoth(Alert alert)
    {
        var notification = ChatNotification.Write(alert.Chat, alert.Job);
        for (var body = alert.Body; ; body = Excerpt.Of(body, body.Length * 3 / 4))
        {
            var both = ChatNotification.Beside(body, notification);
            if (Encoding.UTF8.GetByteCount(both) <= MaxMessageBytes) return both;
        }
    }
}
