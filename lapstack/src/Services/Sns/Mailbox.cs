using System.Globalization;
using System.Text;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.Sns;

/// <summary>Where e-mails end: one .eml file each in the state folder's <c>mail</c>.</summary>
internal sealed class Mailbox(StateFolder state, Activity activity)
{
    private readonly ServiceState _mail = state.For("mail");

    public void Deliver(Topic topic, Subscription subscription, Notification notification)
    {
        // The name sorts by time, and a repeated delivery replaces its own file.
        var time = notification.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var name = $"{time}-{notification.MessageId}-{FileNames.Hash(subscription.Arn)[..8]}.eml";
        var temporary = _mail.NewTemporary();
        File.WriteAllText(
            temporary,
            EmailFile.Compose(topic, subscription, notification),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        _mail.Commit(temporary, name);
        var path = Path.Combine(_mail.Folder, name);
        var subject = notification.Subject ?? "(no subject)";
        activity.Report("SNS", "Email", $"To {subscription.Endpoint}: {subject} ({path})",
            new Dictionary<string, string>
            {
                ["to"] = subscription.Endpoint,
                ["subject"] = subject,
                ["path"] = path,
            });
    }
}
