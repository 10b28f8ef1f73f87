using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Jobs.Core.Alerts;

namespace Jobs.Aws.Alerts;

/// <summary>Alerts through an SNS topic that admins subscribe to.</summary>
public sealed class SnsAlerts(IAmazonSimpleNotificationService sns, string topicArn) : IAlerts
{
    public async Task PublishAsync(Alert alert, CancellationToken cancellation) =>
        await sns.PublishAsync(
            new PublishRequest { TopicArn = topicArn, Subject = alert.Subject, Message = alert.Body }, cancellation);
}
