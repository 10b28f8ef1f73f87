namespace Amazon.ECS.Model;

public class Service
{
    public string ClusterArn { get; set; }

    public int? DesiredCount { get; set; }

    public int? PendingCount { get; set; }

    public int? RunningCount { get; set; }

    public string ServiceArn { get; set; }

    public string ServiceName { get; set; }

    public string Status { get; set; }

    public string TaskDefinition { get; set; }
}
