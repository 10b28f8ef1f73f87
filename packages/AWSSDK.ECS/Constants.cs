using Amazon.Runtime;

namespace Amazon.ECS;

// A ConstantClass per wire enum: compares with text regardless of case and keeps a value it does not know.

public class LaunchType : ConstantClass
{
    public static readonly LaunchType EC2 = new("EC2");
    public static readonly LaunchType FARGATE = new("FARGATE");
    public static readonly LaunchType EXTERNAL = new("EXTERNAL");
    public static readonly LaunchType MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public LaunchType(string value)
        : base(value)
    {
    }

    public static LaunchType FindValue(string value) => FindValue<LaunchType>(value);

    public static implicit operator LaunchType(string value) => FindValue(value);
}

public class AssignPublicIp : ConstantClass
{
    public static readonly AssignPublicIp ENABLED = new("ENABLED");
    public static readonly AssignPublicIp DISABLED = new("DISABLED");

    public AssignPublicIp(string value)
        : base(value)
    {
    }

    public static AssignPublicIp FindValue(string value) => FindValue<AssignPublicIp>(value);

    public static implicit operator AssignPublicIp(string value) => FindValue(value);
}

public class PropagateTags : ConstantClass
{
    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");
    public static readonly PropagateTags SERVICE = new("SERVICE");
    public static readonly PropagateTags NONE = new("NONE");

    public PropagateTags(string value)
        : base(value)
    {
    }

    public static PropagateTags FindValue(string value) => FindValue<PropagateTags>(value);

    public static implicit operator PropagateTags(string value) => FindValue(value);
}

public class DesiredStatus : ConstantClass
{
    public static readonly DesiredStatus RUNNING = new("RUNNING");
    public static readonly DesiredStatus PENDING = new("PENDING");
    public static readonly DesiredStatus STOPPED = new("STOPPED");

    public DesiredStatus(string value)
        : base(value)
    {
    }

    public static DesiredStatus FindValue(string value) => FindValue<DesiredStatus>(value);

    public static implicit operator DesiredStatus(string value) => FindValue(value);
}

public class Connectivity : ConstantClass
{
    public static readonly Connectivity CONNECTED = new("CONNECTED");
    public static readonly Connectivity DISCONNECTED = new("DISCONNECTED");

    public Connectivity(string value)
        : base(value)
    {
    }

    public static Connectivity FindValue(string value) => FindValue<Connectivity>(value);

    public static implicit operator Connectivity(string value) => FindValue(value);
}

public class HealthStatus : ConstantClass
{
    public static readonly HealthStatus HEALTHY = new("HEALTHY");
    public static readonly HealthStatus UNHEALTHY = new("UNHEALTHY");
    public static readonly HealthStatus UNKNOWN = new("UNKNOWN");

    public HealthStatus(string value)
        : base(value)
    {
    }

    public static HealthStatus FindValue(string value) => FindValue<HealthStatus>(value);

    public static implicit operator HealthStatus(string value) => FindValue(value);
}

public class TaskStopCode : ConstantClass
{
    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");
    public static readonly TaskStopCode EssentialContainerExited = new("EssentialContainerExited");
    public static readonly TaskStopCode UserInitiated = new("UserInitiated");
    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");
    public static readonly TaskStopCode SpotInterruption = new("SpotInterruption");
    public static readonly TaskStopCode TerminationNotice = new("TerminationNotice");

    public TaskStopCode(string value)
        : base(value)
    {
    }

    public static TaskStopCode FindValue(string value) => FindValue<TaskStopCode>(value);

    public static implicit operator TaskStopCode(string value) => FindValue(value);
}

public class TaskField : ConstantClass
{
    public static readonly TaskField TAGS = new("TAGS");

    public TaskField(string value)
        : base(value)
    {
    }

    public static TaskField FindValue(string value) => FindValue<TaskField>(value);

    public static implicit operator TaskField(string value) => FindValue(value);
}

public class TaskDefinitionField : ConstantClass
{
    public static readonly TaskDefinitionField TAGS = new("TAGS");

    public TaskDefinitionField(string value)
        : base(value)
    {
    }

    public static TaskDefinitionField FindValue(string value) => FindValue<TaskDefinitionField>(value);

    public static implicit operator TaskDefinitionField(string value) => FindValue(value);
}

public class TaskDefinitionStatus : ConstantClass
{
    public static readonly TaskDefinitionStatus ACTIVE = new("ACTIVE");
    public static readonly TaskDefinitionStatus INACTIVE = new("INACTIVE");
    public static readonly TaskDefinitionStatus DELETE_IN_PROGRESS = new("DELETE_IN_PROGRESS");

    public TaskDefinitionStatus(string value)
        : base(value)
    {
    }

    public static TaskDefinitionStatus FindValue(string value) => FindValue<TaskDefinitionStatus>(value);

    public static implicit operator TaskDefinitionStatus(string value) => FindValue(value);
}

public class CPUArchitecture : ConstantClass
{
    public static readonly CPUArchitecture X86_64 = new("X86_64");
    public static readonly CPUArchitecture ARM64 = new("ARM64");

    public CPUArchitecture(string value)
        : base(value)
    {
    }

    public static CPUArchitecture FindValue(string value) => FindValue<CPUArchitecture>(value);

    public static implicit operator CPUArchitecture(string value) => FindValue(value);
}

public class OSFamily : ConstantClass
{
    public static readonly OSFamily LINUX = new("LINUX");

    public OSFamily(string value)
        : base(value)
    {
    }

    public static OSFamily FindValue(string value) => FindValue<OSFamily>(value);

    public static implicit operator OSFamily(string value) => FindValue(value);
}

public class Compatibility : ConstantClass
{
    public static readonly Compatibility EC2 = new("EC2");
    public static readonly Compatibility FARGATE = new("FARGATE");
    public static readonly Compatibility EXTERNAL = new("EXTERNAL");
    public static readonly Compatibility MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public Compatibility(string value)
        : base(value)
    {
    }

    public static Compatibility FindValue(string value) => FindValue<Compatibility>(value);

    public static implicit operator Compatibility(string value) => FindValue(value);
}

public class NetworkMode : ConstantClass
{
    public static readonly NetworkMode Bridge = new("bridge");
    public static readonly NetworkMode Host = new("host");
    public static readonly NetworkMode Awsvpc = new("awsvpc");
    public static readonly NetworkMode None = new("none");

    public NetworkMode(string value)
        : base(value)
    {
    }

    public static NetworkMode FindValue(string value) => FindValue<NetworkMode>(value);

    public static implicit operator NetworkMode(string value) => FindValue(value);
}

public class LogDriver : ConstantClass
{
    public static readonly LogDriver Awslogs = new("awslogs");
    public static readonly LogDriver Awsfirelens = new("awsfirelens");
    public static readonly LogDriver JsonFile = new("json-file");
    public static readonly LogDriver Syslog = new("syslog");
    public static readonly LogDriver Journald = new("journald");
    public static readonly LogDriver Gelf = new("gelf");
    public static readonly LogDriver Fluentd = new("fluentd");
    public static readonly LogDriver Splunk = new("splunk");

    public LogDriver(string value)
        : base(value)
    {
    }

    public static LogDriver FindValue(string value) => FindValue<LogDriver>(value);

    public static implicit operator LogDriver(string value) => FindValue(value);
}

public class TargetType : ConstantClass
{
    public static readonly TargetType ContainerInstance = new("container-instance");

    public TargetType(string value)
        : base(value)
    {
    }

    public static TargetType FindValue(string value) => FindValue<TargetType>(value);

    public static implicit operator TargetType(string value) => FindValue(value);
}

public class ManagedAgentName : ConstantClass
{
    public static readonly ManagedAgentName ExecuteCommandAgent = new("ExecuteCommandAgent");

    public ManagedAgentName(string value)
        : base(value)
    {
    }

    public static ManagedAgentName FindValue(string value) => FindValue<ManagedAgentName>(value);

    public static implicit operator ManagedAgentName(string value) => FindValue(value);
}
