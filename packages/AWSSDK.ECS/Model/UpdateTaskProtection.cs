using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class UpdateTaskProtectionRequest : AmazonECSRequest
{
    public string Cluster { get; set; }

    public int? ExpiresInMinutes { get; set; }

    public bool? ProtectionEnabled { get; set; }

    public List<string> Tasks { get; set; }
}

public class UpdateTaskProtectionResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; }

    public List<ProtectedTask> ProtectedTasks { get; set; }
}

public class ProtectedTask
{
    public DateTime? ExpirationDate { get; set; }

    public bool? ProtectionEnabled { get; set; }

    public string TaskArn { get; set; }
}
