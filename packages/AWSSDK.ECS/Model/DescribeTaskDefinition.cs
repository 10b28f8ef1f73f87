using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class DescribeTaskDefinitionRequest : AmazonECSRequest
{
    public List<string> Include { get; set; }

    public string TaskDefinition { get; set; }
}

public class DescribeTaskDefinitionResponse : AmazonWebServiceResponse
{
    public List<Tag> Tags { get; set; }

    public TaskDefinition TaskDefinition { get; set; }
}
