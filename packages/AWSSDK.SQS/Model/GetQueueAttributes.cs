using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class GetQueueAttributesRequest : AmazonSQSRequest
{
    public List<string> AttributeNames { get; set; }

    public string QueueUrl { get; set; }
}

/// <summary>
/// The official class has typed properties over the dictionary that read 0 when an attribute is absent; use <see cref="Attributes"/>.
/// </summary>
public class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string> Attributes { get; set; }
}
