using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SQS.Model.Wire;

internal static class Errors
{
    /// <summary>A code that the operation does not declare becomes the base exception.</summary>
    public static AmazonServiceException Create(string operation, string code, ErrorResponse e, ReadOnlySpan<byte> body) =>
        code switch
        {
            "QueueDoesNotExist" =>
                new QueueDoesNotExistException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "RequestThrottled" =>
                new RequestThrottledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "ReceiptHandleIsInvalid" when operation is "DeleteMessage" or "ChangeMessageVisibility" =>
                new ReceiptHandleIsInvalidException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "MessageNotInflight" when operation is "ChangeMessageVisibility" =>
                new MessageNotInflightException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidIdFormat" when operation is "DeleteMessage" =>
                new InvalidIdFormatException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidMessageContents" when operation is "SendMessage" =>
                new InvalidMessageContentsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidAttributeName" when operation is "GetQueueAttributes" =>
                new InvalidAttributeNameException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidAddress" =>
                new InvalidAddressException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidSecurity" =>
                new InvalidSecurityException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "OverLimit" when operation is "ReceiveMessage" =>
                new OverLimitException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "UnsupportedOperation" =>
                new UnsupportedOperationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "BatchEntryIdsNotDistinct" when operation is "SendMessageBatch" or "DeleteMessageBatch" or "ChangeMessageVisibilityBatch" =>
                new BatchEntryIdsNotDistinctException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "BatchRequestTooLong" when operation is "SendMessageBatch" =>
                new BatchRequestTooLongException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "EmptyBatchRequest" when operation is "SendMessageBatch" or "DeleteMessageBatch" or "ChangeMessageVisibilityBatch" =>
                new EmptyBatchRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "TooManyEntriesInBatchRequest" when operation is "SendMessageBatch" or "DeleteMessageBatch" or "ChangeMessageVisibilityBatch" =>
                new TooManyEntriesInBatchRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "InvalidBatchEntryId" when operation is "SendMessageBatch" or "DeleteMessageBatch" or "ChangeMessageVisibilityBatch" =>
                new InvalidBatchEntryIdException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsAccessDenied" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsAccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsDisabled" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsDisabledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsInvalidKeyUsage" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsInvalidKeyUsageException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsInvalidState" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsInvalidStateException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsNotFound" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsOptInRequired" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsOptInRequiredException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            "KmsThrottled" when operation is "SendMessage" or "SendMessageBatch" or "ReceiveMessage" =>
                new KmsThrottledException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
            _ =>
                new AmazonSQSException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        };
}
