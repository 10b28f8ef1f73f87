namespace Amazon.ECS.Model;

public class TaskDefinition
{
    public List<string> Compatibilities { get; set; }

    public List<ContainerDefinition> ContainerDefinitions { get; set; }

    public string Cpu { get; set; }

    public DateTime? DeleteRequestedAt { get; set; }

    public DateTime? DeregisteredAt { get; set; }

    public EphemeralStorage EphemeralStorage { get; set; }

    public string ExecutionRoleArn { get; set; }

    public string Family { get; set; }

    public string Memory { get; set; }

    public NetworkMode NetworkMode { get; set; }

    public DateTime? RegisteredAt { get; set; }

    public string RegisteredBy { get; set; }

    public List<Attribute> RequiresAttributes { get; set; }

    public List<string> RequiresCompatibilities { get; set; }

    public int? Revision { get; set; }

    public RuntimePlatform RuntimePlatform { get; set; }

    public TaskDefinitionStatus Status { get; set; }

    public string TaskDefinitionArn { get; set; }

    public string TaskRoleArn { get; set; }
}

public class RuntimePlatform
{
    public CPUArchitecture CpuArchitecture { get; set; }

    public OSFamily OperatingSystemFamily { get; set; }
}
