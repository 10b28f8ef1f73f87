using Lapstack.Wire;

namespace Lapstack.Services.Sqs;

/// <summary>
/// SQS's errors with both their codes: the shape's name, and the one of the older query protocol that SDKs still read.
/// </summary>
internal static class SqsErrors
{
    private const string Legacy = "AWS.SimpleQueueService.";

    public static ServiceError QueueDoesNotExist() =>
        new("QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = Legacy + "NonExistentQueue" };

    public static ServiceError Missing(string parameter) =>
        new(
            "MissingRequiredParameterException",
            $"The request must contain the parameter {parameter}.")
        { QueryCode = "MissingParameter" };

    public static ServiceError Invalid(string message) =>
        new("InvalidParameterValueException", message) { QueryCode = "InvalidParameterValue" };

    public static ServiceError Invalid(string parameter, object value, string reason) =>
        Invalid($"Value {value} for parameter {parameter} is invalid. Reason: {reason}");

    public static ServiceError InvalidAttributeName(string name) =>
        new("InvalidAttributeName", $"Unknown Attribute {name}.") { QueryCode = "InvalidAttributeName" };

    public static ServiceError InvalidContents() => new(
        "InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD " +
        "| #x10000 to #x10FFFF")
    {
        QueryCode = "InvalidMessageContents",
    };

    public static ServiceError ReceiptHandleIsInvalid(string handle) =>
        new(
            "ReceiptHandleIsInvalid",
            $"The input receipt handle \"{handle}\" is not a valid receipt handle.")
        {
            QueryCode = "ReceiptHandleIsInvalid",
        };

    public static ServiceError MessageNotInflight() =>
        new(
            "MessageNotInflight",
            "The message is not in flight: its visibility timeout has ended.")
        {
            QueryCode = Legacy + "MessageNotInflight",
        };

    public static ServiceError OverLimit(int limit) =>
        new(
            "OverLimit",
            $"The queue has {limit} messages in flight, which is the most a standard queue allows.",
            403)
        { QueryCode = "OverLimit" };

    public static ServiceError PurgeInProgress(string queue) =>
        new(
            "PurgeQueueInProgress",
            $"Only one PurgeQueue operation on {queue} is allowed every 60 seconds.",
            403)
        { QueryCode = Legacy + "PurgeQueueInProgress" };

    public static ServiceError Unsupported(string message) =>
        new("UnsupportedOperation", message) { QueryCode = Legacy + "UnsupportedOperation" };

    public static ServiceError Batch(string code, string message) => new(code, message) { QueryCode = Legacy + code };
}
