using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ReceiveMessageRequest : AmazonSQSRequest
{
    public List<string> AttributeNames { get; set; }

    public int? MaxNumberOfMessages { get; set; }

    public List<string> MessageAttributeNames { get; set; }

    public List<string> MessageSystemAttributeNames { get; set; }

    public string QueueUrl { get; set; }

    public string ReceiveRequestAttemptId { get; set; }

    public int? VisibilityTimeout { get; set; }

    public int? WaitTimeSeconds { get; set; }
}

public class ReceiveMessageResponse : AmazonWebServiceResponse
{
    public List<Message> Messages { get; set; }
}

public class Message
{
    public Dictionary<string, string> Attributes { get; set; }

    public string Body { get; set; }

    public string MD5OfBody { get; set; }

    public string MD5OfMessageAttributes { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }

    public string MessageId { get; set; }

    public string ReceiptHandle { get; set; }
}
