using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.SQS.Model.Wire;

/// <summary>Responses from AWS JSON 1.0; unknown members are skipped.</summary>
internal static class Read
{
    public static SendMessageResponse SendMessageResponse(ref Utf8JsonReader json)
    {
        var response = new SendMessageResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "MD5OfMessageAttributes": response.MD5OfMessageAttributes = json.GetString(); break;
                case "MD5OfMessageBody": response.MD5OfMessageBody = json.GetString(); break;
                case "MD5OfMessageSystemAttributes": response.MD5OfMessageSystemAttributes = json.GetString(); break;
                case "MessageId": response.MessageId = json.GetString(); break;
                case "SequenceNumber": response.SequenceNumber = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static SendMessageBatchResponse SendMessageBatchResponse(ref Utf8JsonReader json)
    {
        var response = new SendMessageBatchResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Failed": response.Failed = json.List(BatchResultErrorEntry); break;
                case "Successful": response.Successful = json.List(SendMessageBatchResultEntry); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static ReceiveMessageResponse ReceiveMessageResponse(ref Utf8JsonReader json)
    {
        var response = new ReceiveMessageResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Messages": response.Messages = json.List(Message); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static DeleteMessageBatchResponse DeleteMessageBatchResponse(ref Utf8JsonReader json)
    {
        var response = new DeleteMessageBatchResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Failed": response.Failed = json.List(BatchResultErrorEntry); break;
                case "Successful": response.Successful = json.List(DeleteMessageBatchResultEntry); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static ChangeMessageVisibilityBatchResponse ChangeMessageVisibilityBatchResponse(ref Utf8JsonReader json)
    {
        var response = new ChangeMessageVisibilityBatchResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Failed": response.Failed = json.List(BatchResultErrorEntry); break;
                case "Successful": response.Successful = json.List(ChangeMessageVisibilityBatchResultEntry); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static GetQueueAttributesResponse GetQueueAttributesResponse(ref Utf8JsonReader json)
    {
        var response = new GetQueueAttributesResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Attributes": response.Attributes = json.StringMap(); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static GetQueueUrlResponse GetQueueUrlResponse(ref Utf8JsonReader json)
    {
        var response = new GetQueueUrlResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "QueueUrl": response.QueueUrl = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static DeleteMessageResponse DeleteMessageResponse(ref Utf8JsonReader json)
    {
        var response = new DeleteMessageResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static ChangeMessageVisibilityResponse ChangeMessageVisibilityResponse(ref Utf8JsonReader json)
    {
        var response = new ChangeMessageVisibilityResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static BatchResultErrorEntry BatchResultErrorEntry(ref Utf8JsonReader json)
    {
        var it = new BatchResultErrorEntry();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Code": it.Code = json.GetString(); break;
                case "Id": it.Id = json.GetString(); break;
                case "Message": it.Message = json.GetString(); break;
                case "SenderFault": it.SenderFault = json.Bool(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static SendMessageBatchResultEntry SendMessageBatchResultEntry(ref Utf8JsonReader json)
    {
        var it = new SendMessageBatchResultEntry();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Id": it.Id = json.GetString(); break;
                case "MD5OfMessageAttributes": it.MD5OfMessageAttributes = json.GetString(); break;
                case "MD5OfMessageBody": it.MD5OfMessageBody = json.GetString(); break;
                case "MD5OfMessageSystemAttributes": it.MD5OfMessageSystemAttributes = json.GetString(); break;
                case "MessageId": it.MessageId = json.GetString(); break;
                case "SequenceNumber": it.SequenceNumber = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static Message Message(ref Utf8JsonReader json)
    {
        var it = new Message();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Attributes": it.Attributes = json.StringMap(); break;
                case "Body": it.Body = json.GetString(); break;
                case "MD5OfBody": it.MD5OfBody = json.GetString(); break;
                case "MD5OfMessageAttributes": it.MD5OfMessageAttributes = json.GetString(); break;
                case "MessageAttributes": it.MessageAttributes = json.Map(MessageAttributeValue); break;
                case "MessageId": it.MessageId = json.GetString(); break;
                case "ReceiptHandle": it.ReceiptHandle = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static DeleteMessageBatchResultEntry DeleteMessageBatchResultEntry(ref Utf8JsonReader json)
    {
        var it = new DeleteMessageBatchResultEntry();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Id": it.Id = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static ChangeMessageVisibilityBatchResultEntry ChangeMessageVisibilityBatchResultEntry(ref Utf8JsonReader json)
    {
        var it = new ChangeMessageVisibilityBatchResultEntry();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "Id": it.Id = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }

    public static MessageAttributeValue MessageAttributeValue(ref Utf8JsonReader json)
    {
        var it = new MessageAttributeValue();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "BinaryListValues": it.BinaryListValues = json.List(JsonReading.Blob); break;
                case "BinaryValue": it.BinaryValue = json.Blob(); break;
                case "DataType": it.DataType = json.GetString(); break;
                case "StringListValues": it.StringListValues = json.Strings(); break;
                case "StringValue": it.StringValue = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return it;
    }
}
