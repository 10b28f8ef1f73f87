using System.Globalization;
using System.Text;
using Jobs.Aws;
using Jobs.Core;
using Jobs.Core.Messages;
using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Messages;

/// <summary>
/// What a dead letter tells besides the message itself: message attributes, the most important first, as far as they
/// fit. The body and the sender's attributes are never changed or left out for it.
/// </summary>
internal static class DeadLetter
{
    /// <summary>
    /// Attributes of a message.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
    /// </summary>
    internal const int MaxAttributes = 10;

    private const int MaxStack = 4_096;

    /// <param name="settled">By whom it was given up: a run's id, or a task's ARN.</param>
    public static IReadOnlyDictionary<string, QueueAttribute> AttributesOf(
        QueueMessage message, Exception error, string job, string settled, Secrets secrets)
    {
        // Left from an earlier death, when the message was sent back into its queue with them.
        var all = message.Attributes.Where(one => !SqsDeadLetters.IsOurs(one.Key)).ToDictionary();
        var size = Encoding.UTF8.GetByteCount(message.Body) + all.Sum(one => SizeOf(one.Key, one.Value));
        var left = SqsText.BytesBeside(size);
        foreach (var (name, text) in Tell(message, error, job, settled, secrets))
        {
            if (all.Count == MaxAttributes) break;
            if (SqsText.Fit(name, text, left) is not { } fitting) continue;
            all[name] = QueueAttribute.Of(fitting);
            left -= SqsText.SizeOf(name, fitting);
        }

        return all;
    }

    private static IEnumerable<(string Name, string Text)> Tell(
        QueueMessage message, Exception error, string job, string settled, Secrets secrets)
    {
        var type = error.GetType().FullName ?? error.GetType().Name;
        var reason = string.IsNullOrWhiteSpace(error.Message)
            ? $"The handler threw {type} without a message."
            : error.Message;
        yield return (SqsDeadLetters.ReasonAttribute, Write(reason, Ending.MaxMessage));
        yield return ($"{SqsDeadLetters.DetailPrefix}errorType", Write(type, Ending.MaxMessage));
        yield return ($"{SqsDeadLetters.DetailPrefix}messageId", message.Id);
        yield return ($"{SqsDeadLetters.DetailPrefix}run", settled);
        yield return ($"{SqsDeadLetters.DetailPrefix}job", job);
        yield return (
            $"{SqsDeadLetters.DetailPrefix}receives", message.Receives.ToString(CultureInfo.InvariantCulture));
        yield return ($"{SqsDeadLetters.DetailPrefix}stack", Write(error.ToString(), MaxStack));

        string Write(string text, int length) => SqsText.Printable(Excerpt.Of(secrets.Without(text), length));
    }

    private static int SizeOf(string name, QueueAttribute attribute) =>
        Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(attribute.DataType) +
            (attribute.Bytes?.Length ?? Encoding.UTF8.GetByteCount(attribute.Text ?? ""));
}
