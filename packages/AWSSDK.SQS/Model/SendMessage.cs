using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class SendMessageRequest : AmazonSQSRequest
{
    public int? DelaySeconds { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }

    public string MessageBody { get; set; }

    public string MessageDeduplicationId { get; set; }

    public string MessageGroupId { get; set; }

    public Dictionary<string, MessageSystemAttributeValue> MessageSystemAttributes { get; set; }

    public string QueueUrl { get; set; }
}

public class SendMessageResponse : AmazonWebServiceResponse
{
    public string MD5OfMessageAttributes { get; set; }

    public string MD5OfMessageBody { get; set; }

    public string MD5OfMessageSystemAttributes { get; set; }

    public string MessageId { get; set; }

    public string SequenceNumber { get; set; }
}
