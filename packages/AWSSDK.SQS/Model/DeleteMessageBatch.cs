using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class DeleteMessageBatchRequest : AmazonSQSRequest
{
    public List<DeleteMessageBatchRequestEntry> Entries { get; set; }

    public string QueueUrl { get; set; }
}

public class DeleteMessageBatchRequestEntry
{
    public string Id { get; set; }

    public string ReceiptHandle { get; set; }
}

public class DeleteMessageBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; }

    public List<DeleteMessageBatchResultEntry> Successful { get; set; }
}

public class DeleteMessageBatchResultEntry
{
    public string Id { get; set; }
}
