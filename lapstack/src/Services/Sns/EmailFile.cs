using System.Globalization;
using System.Text;

namespace Lapstack.Services.Sns;

/// <summary>An e-mail as a file any mail program opens (RFC 5322), with the text readable in the file itself.</summary>
internal static class EmailFile
{
    private const string From = "no-reply@sns.amazonaws.com";
    private const string DefaultSender = "AWS Notifications";
    private const string DefaultSubject = "AWS Notification Message";

    /// <summary>RFC 5322 allows no longer line, in bytes without its end.</summary>
    private const int LongestLine = 998;

    public static string Compose(Topic topic, Subscription subscription, Notification notification)
    {
        var sender = topic.DisplayName is { Length: > 0 } name ? name : DefaultSender;
        var text = notification.TextFor(subscription.Protocol).ReplaceLineEndings("\r\n");
        string[] headers =
        [
            $"From: {Word(sender)} <{From}>",
            $"To: {subscription.Endpoint}",
            $"Subject: {notification.Subject ?? DefaultSubject}",
            $"Date: {notification.At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}",
            $"Message-ID: <{notification.MessageId}@sns.amazonaws.com>",
            $"X-Amz-Sns-Topic-Arn: {notification.TopicArn}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ];
        return string.Join("\r\n", headers) + "\r\n\r\n" + string.Join("\r\n", text.Split("\r\n").SelectMany(Fold)) +
            "\r\n";
    }

    // A display name outside ASCII is an encoded word (RFC 2047); inside it is quoted.
    private static string Word(string name) => Ascii.IsValid(name) && !name.Any(char.IsControl)
        ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}?=";

    private static IEnumerable<string> Fold(string line)
    {
        var part = new StringBuilder();
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLine)
            {
                yield return part.ToString();
                part.Clear();
                bytes = 0;
            }
            part.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }
        yield return part.ToString();
    }
}
