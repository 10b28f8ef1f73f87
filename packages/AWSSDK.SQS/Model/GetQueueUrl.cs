using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class GetQueueUrlRequest : AmazonSQSRequest
{
    public string QueueName { get; set; }

    public string QueueOwnerAWSAccountId { get; set; }
}

public class GetQueueUrlResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; }
}
