using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.Sqs;

/// <summary>
/// The attributes of a queue that change what it does, with AWS's defaults.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html.
/// </summary>
internal sealed record QueueSettings
{
    /// <summary>In bytes, attributes included, for a message and for a whole batch.</summary>
    public const int LargestMessage = 1_048_576;

    public int DelaySeconds { get; init; }

    public int MaximumMessageSize { get; init; } = LargestMessage;

    public int MessageRetentionPeriod { get; init; } = 345_600;

    public int ReceiveMessageWaitTimeSeconds { get; init; }

    public int VisibilityTimeout { get; init; } = 30;

    public RedrivePolicy? Redrive { get; init; }

    /// <summary>
    /// Who may use the queue, as JSON; null for only the account. Access reads it from the stack: here it is only
    /// shown.
    /// </summary>
    public string? Policy { get; init; }

    /// <summary>As JSON. Only shown.</summary>
    public string? RedriveAllowPolicy { get; init; }

    /// <summary>Only shown: Access reads from the stack who may use the key, and nothing is encrypted.</summary>
    public string? KmsMasterKeyId { get; init; }

    /// <summary>Only shown; null without a key.</summary>
    public string? KmsDataKeyReusePeriodSeconds { get; init; }

    public TimeSpan Delay => TimeSpan.FromSeconds(DelaySeconds);

    public TimeSpan Retention => TimeSpan.FromSeconds(MessageRetentionPeriod);

    public TimeSpan Wait => TimeSpan.FromSeconds(ReceiveMessageWaitTimeSeconds);

    public TimeSpan Visibility => TimeSpan.FromSeconds(VisibilityTimeout);

    /// <summary>Reads the properties of an AWS::SQS::Queue.</summary>
    /// <exception cref="FormatException">A value is outside what SQS allows; the message names it.</exception>
    public static QueueSettings Read(JsonObject properties)
    {
        var defaults = new QueueSettings();
        return new QueueSettings
        {
            DelaySeconds = Number(properties, nameof(DelaySeconds), defaults.DelaySeconds, 0, 900),
            MaximumMessageSize = Number(
                properties, nameof(MaximumMessageSize), defaults.MaximumMessageSize, 1024, LargestMessage),
            MessageRetentionPeriod = Number(
                properties, nameof(MessageRetentionPeriod), defaults.MessageRetentionPeriod, 60, 1_209_600),
            ReceiveMessageWaitTimeSeconds = Number(
                properties, nameof(ReceiveMessageWaitTimeSeconds), defaults.ReceiveMessageWaitTimeSeconds, 0, 20),
            VisibilityTimeout = Number(properties, nameof(VisibilityTimeout), defaults.VisibilityTimeout, 0, 43_200),
            Redrive = properties["RedrivePolicy"] is JsonObject redrive ? ReadRedrive(redrive) : null,
            RedriveAllowPolicy = properties[nameof(RedriveAllowPolicy)]?.ToJsonString(JsonText.Plain),
            KmsMasterKeyId = properties[nameof(KmsMasterKeyId)]?.ToString(),
            KmsDataKeyReusePeriodSeconds =
                properties[nameof(KmsMasterKeyId)] is null
                    ? null
                    : properties[nameof(KmsDataKeyReusePeriodSeconds)]?.ToString() ?? "300",
        };
    }

    private static RedrivePolicy ReadRedrive(JsonObject policy) => new(
        policy["deadLetterTargetArn"]?.ToString()
            ?? throw new FormatException("RedrivePolicy needs deadLetterTargetArn"),
        Number(policy, "maxReceiveCount", 0, 1, 1000));

    private static int Number(JsonObject properties, string name, int absent, int least, int most)
    {
        var text = properties[name]?.ToString() ?? absent.ToString(CultureInfo.InvariantCulture);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
            ? value
            : throw new FormatException($"{name} must be a whole number from {least} to {most}, but it is {text}");
    }
}
