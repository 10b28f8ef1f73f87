using Amazon.Runtime.StandIn;

namespace Amazon.SQS.Model.Wire;

internal static class Operations
{
    // Before the operations: they take it when they are made.
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceNamespace = "Amazon.SQS",
        TargetPrefix = "AmazonSQS.",
        ContentType = "application/x-amz-json-1.0",
        ApiVersion = "2012-11-05",
        QueryCompatible = true,
        CreateException = Errors.Create,
    };

    public static readonly JsonOperation<SendMessageRequest, SendMessageResponse> SendMessage =
        new(Protocol, "SendMessage", Write.SendMessageRequest, Read.SendMessageResponse);

    public static readonly JsonOperation<SendMessageBatchRequest, SendMessageBatchResponse> SendMessageBatch =
        new(Protocol, "SendMessageBatch", Write.SendMessageBatchRequest, Read.SendMessageBatchResponse);

    public static readonly JsonOperation<ReceiveMessageRequest, ReceiveMessageResponse> ReceiveMessage =
        new(Protocol, "ReceiveMessage", Write.ReceiveMessageRequest, Read.ReceiveMessageResponse);

    public static readonly JsonOperation<DeleteMessageRequest, DeleteMessageResponse> DeleteMessage =
        new(Protocol, "DeleteMessage", Write.DeleteMessageRequest, Read.DeleteMessageResponse);

    public static readonly JsonOperation<DeleteMessageBatchRequest, DeleteMessageBatchResponse> DeleteMessageBatch =
        new(Protocol, "DeleteMessageBatch", Write.DeleteMessageBatchRequest, Read.DeleteMessageBatchResponse);

    public static readonly JsonOperation<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse> ChangeMessageVisibility =
        new(Protocol, "ChangeMessageVisibility", Write.ChangeMessageVisibilityRequest, Read.ChangeMessageVisibilityResponse);

    public static readonly JsonOperation<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatch =
        new(Protocol, "ChangeMessageVisibilityBatch", Write.ChangeMessageVisibilityBatchRequest, Read.ChangeMessageVisibilityBatchResponse);

    public static readonly JsonOperation<GetQueueAttributesRequest, GetQueueAttributesResponse> GetQueueAttributes =
        new(Protocol, "GetQueueAttributes", Write.GetQueueAttributesRequest, Read.GetQueueAttributesResponse);

    public static readonly JsonOperation<GetQueueUrlRequest, GetQueueUrlResponse> GetQueueUrl =
        new(Protocol, "GetQueueUrl", Write.GetQueueUrlRequest, Read.GetQueueUrlResponse);
}
