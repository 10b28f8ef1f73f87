using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.SQS.Model.Wire;

/// <summary>Requests as AWS JSON 1.0; null members are left out.</summary>
internal static class Write
{
    public static void SendMessageRequest(Utf8JsonWriter json, SendMessageRequest it)
    {
        json.Member("DelaySeconds", it.DelaySeconds);
        json.Member("MessageAttributes", it.MessageAttributes, MessageAttributeValue);
        json.Member("MessageBody", it.MessageBody);
        json.Member("MessageDeduplicationId", it.MessageDeduplicationId);
        json.Member("MessageGroupId", it.MessageGroupId);
        json.Member("MessageSystemAttributes", it.MessageSystemAttributes, MessageSystemAttributeValue);
        json.Member("QueueUrl", it.QueueUrl);
    }

    public static void SendMessageBatchRequest(Utf8JsonWriter json, SendMessageBatchRequest it)
    {
        json.Member("Entries", it.Entries, SendMessageBatchRequestEntry);
        json.Member("QueueUrl", it.QueueUrl);
    }

    public static void ReceiveMessageRequest(Utf8JsonWriter json, ReceiveMessageRequest it)
    {
        json.Member("AttributeNames", it.AttributeNames);
        json.Member("MaxNumberOfMessages", it.MaxNumberOfMessages);
        json.Member("MessageAttributeNames", it.MessageAttributeNames);
        json.Member("MessageSystemAttributeNames", it.MessageSystemAttributeNames);
        json.Member("QueueUrl", it.QueueUrl);
        json.Member("ReceiveRequestAttemptId", it.ReceiveRequestAttemptId);
        json.Member("VisibilityTimeout", it.VisibilityTimeout);
        json.Member("WaitTimeSeconds", it.WaitTimeSeconds);
    }

    public static void DeleteMessageRequest(Utf8JsonWriter json, DeleteMessageRequest it)
    {
        json.Member("QueueUrl", it.QueueUrl);
        json.Member("ReceiptHandle", it.ReceiptHandle);
    }

    public static void DeleteMessageBatchRequest(Utf8JsonWriter json, DeleteMessageBatchRequest it)
    {
        json.Member("Entries", it.Entries, DeleteMessageBatchRequestEntry);
        json.Member("QueueUrl", it.QueueUrl);
    }

    public static void ChangeMessageVisibilityRequest(Utf8JsonWriter json, ChangeMessageVisibilityRequest it)
    {
        json.Member("QueueUrl", it.QueueUrl);
        json.Member("ReceiptHandle", it.ReceiptHandle);
        json.Member("VisibilityTimeout", it.VisibilityTimeout);
    }

    public static void ChangeMessageVisibilityBatchRequest(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequest it)
    {
        json.Member("Entries", it.Entries, ChangeMessageVisibilityBatchRequestEntry);
        json.Member("QueueUrl", it.QueueUrl);
    }

    public static void GetQueueAttributesRequest(Utf8JsonWriter json, GetQueueAttributesRequest it)
    {
        json.Member("AttributeNames", it.AttributeNames);
        json.Member("QueueUrl", it.QueueUrl);
    }

    public static void GetQueueUrlRequest(Utf8JsonWriter json, GetQueueUrlRequest it)
    {
        json.Member("QueueName", it.QueueName);
        json.Member("QueueOwnerAWSAccountId", it.QueueOwnerAWSAccountId);
    }

    public static void MessageAttributeValue(Utf8JsonWriter json, MessageAttributeValue it)
    {
        json.Member("BinaryListValues", it.BinaryListValues);
        json.Member("BinaryValue", it.BinaryValue);
        json.Member("DataType", it.DataType);
        json.Member("StringListValues", it.StringListValues);
        json.Member("StringValue", it.StringValue);
    }

    public static void MessageSystemAttributeValue(Utf8JsonWriter json, MessageSystemAttributeValue it)
    {
        json.Member("BinaryListValues", it.BinaryListValues);
        json.Member("BinaryValue", it.BinaryValue);
        json.Member("DataType", it.DataType);
        json.Member("StringListValues", it.StringListValues);
        json.Member("StringValue", it.StringValue);
    }

    public static void SendMessageBatchRequestEntry(Utf8JsonWriter json, SendMessageBatchRequestEntry it)
    {
        json.Member("DelaySeconds", it.DelaySeconds);
        json.Member("Id", it.Id);
        json.Member("MessageAttributes", it.MessageAttributes, MessageAttributeValue);
        json.Member("MessageBody", it.MessageBody);
        json.Member("MessageDeduplicationId", it.MessageDeduplicationId);
        json.Member("MessageGroupId", it.MessageGroupId);
        json.Member("MessageSystemAttributes", it.MessageSystemAttributes, MessageSystemAttributeValue);
    }

    public static void DeleteMessageBatchRequestEntry(Utf8JsonWriter json, DeleteMessageBatchRequestEntry it)
    {
        json.Member("Id", it.Id);
        json.Member("ReceiptHandle", it.ReceiptHandle);
    }

    public static void ChangeMessageVisibilityBatchRequestEntry(Utf8JsonWriter json, ChangeMessageVisibilityBatchRequestEntry it)
    {
        json.Member("Id", it.Id);
        json.Member("ReceiptHandle", it.ReceiptHandle);
        json.Member("VisibilityTimeout", it.VisibilityTimeout);
    }
}
