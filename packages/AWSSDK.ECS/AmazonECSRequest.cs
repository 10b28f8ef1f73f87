using Amazon.Runtime;

namespace Amazon.ECS;

public class AmazonECSRequest : AmazonWebServiceRequest;
