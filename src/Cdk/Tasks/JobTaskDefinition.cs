using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Jobs.Cdk.Ground;
using Jobs.Core;
using Jobs.Core.Sizes;

namespace Jobs.Cdk.Tasks;

/// <summary>From a job's declaration to what ECS runs.</summary>
internal sealed class JobTaskDefinition
{
    private const string TemporaryFolder = "/tmp";

    /// <summary>The name of the volume there.</summary>
    private const string TemporaryVolume = "jobs-tmp";

    private readonly Job _job;
    private readonly FargateTaskDefinition _task;

    private JobTaskDefinition(Job job, FargateTaskDefinition task) => (_job, _task) = (job, task);

    /// <param name="environment">What the worker is told.</param>
    public static FargateTaskDefinition Create(Job job, JobProps props, Dictionary<string, string> environment)
    {
        var definition = new JobTaskDefinition(job, CreateTask(job, props));
        var containers = new Dictionary<string, ContainerDefinition>
        {
            [Names.WorkerContainer] = definition.AddWorker(props, environment),
        };
        foreach (var sidecar in props.Sidecars) containers[sidecar.Name] = definition.AddSidecar(sidecar);

        Connect(containers, Names.WorkerContainer, props.DependsOn);
        foreach (var sidecar in props.Sidecars) Connect(containers, sidecar.Name, sidecar.DependsOn);
        definition.LetEcsReadEnvironmentFiles(props);
        return definition._task;
    }

    private static FargateTaskDefinition CreateTask(Job job, JobProps props)
    {
        var declared = job.Definition;
        var task = new FargateTaskDefinition(job, "Task", new FargateTaskDefinitionProps
        {
            Family = job.Family,
            Cpu = declared.Cpu,
            MemoryLimitMiB = declared.MemoryMiB,
            EphemeralStorageGiB = declared.EphemeralStorageGiB,
            RuntimePlatform = new RuntimePlatform
            {
                CpuArchitecture = declared.Architecture == Architecture.Arm64
                    ? CpuArchitecture.ARM64
                    : CpuArchitecture.X86_64,
                OperatingSystemFamily = OperatingSystemFamily.LINUX,
            },
            TaskRole = job.TaskRole,
            ExecutionRole = job.ExecutionRole,
            Volumes = NeedsTemporary(props)
                ? [.. props.Volumes, new Volume { Name = TemporaryVolume }]
                : [.. props.Volumes],
        });
        foreach (var (name, value) in declared.Tags) Tags.Of(task).Add(name, value);
        return task;
    }

    private ContainerDefinition AddWorker(JobProps props, Dictionary<string, string> environment)
    {
        var worker = _task.AddContainer(Names.WorkerContainer, new ContainerDefinitionOptions
        {
            Image = props.Image,
            Command = props.Command?.ToArray(),
            EntryPoint = props.EntryPoint?.ToArray(),
            Essential = true,
            StopTimeout = Duration.Seconds(_job.Definition.StopTimeoutSeconds),
            Environment = environment,
            Secrets = props.Secrets.ToDictionary(),
            EnvironmentFiles =
            [
                .. props.EnvironmentFiles.Select(file => EnvironmentFile.FromBucket(file.Bucket, file.Key)),
            ],
            ReadonlyRootFilesystem = props.ReadOnlyRoot ? true : null,
            HealthCheck = props.HealthCheck,
            Logging = props.Logging ?? JobLog(),
        });
        worker.AddMountPoints([.. props.Mounts]);
        if (NeedsTemporary(props)) worker.AddMountPoints(Temporary);
        return worker;
    }

    /// <summary>.NET's diagnostics and many libraries write there.</summary>
    private static bool NeedsTemporary(JobProps props) =>
        props.ReadOnlyRoot && props.Mounts.All(mount => mount.ContainerPath != TemporaryFolder);

    private static MountPoint Temporary =>
        new() { SourceVolume = TemporaryVolume, ContainerPath = TemporaryFolder, ReadOnly = false };

    private ContainerDefinition AddSidecar(Sidecar sidecar)
    {
        var container = AddWithLog(sidecar);
        container.AddMountPoints([.. sidecar.Mounts]);
        return container;
    }

    /// <summary>Gives the options back as they were: jobs may share a sidecar, and each has a log of its own.</summary>
    private ContainerDefinition AddWithLog(Sidecar sidecar)
    {
        var given = sidecar.Options.Logging;
        sidecar.Options.Logging = given ?? JobLog();
        var container = _task.AddContainer(sidecar.Name, sidecar.Options);
        sidecar.Options.Logging = given;
        return container;
    }

    /// <summary>The prefix is the beginning of <see cref="Names.LogStream"/>.</summary>
    private GenericLogDriver JobLog() => new(new GenericLogDriverProps
    {
        // As CDK's own driver, but for its grant: the execution role has it from the beginning.
        LogDriver = "awslogs",
        Options = new Dictionary<string, string>
        {
            ["awslogs-group"] = _job.LogGroup.LogGroupName,
            ["awslogs-stream-prefix"] = Names.WorkerContainer,
            ["awslogs-region"] = Stack.Of(_job).Region,
        },
    });

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html</summary>
    private void LetEcsReadEnvironmentFiles(JobProps props)
    {
        if (props.EnvironmentFiles.Count == 0) return;
        var files = props.EnvironmentFiles;
        _job.ExecutionRole.AddToPrincipalPolicy(Statements.Allow(
            "ReadEnvironmentFiles", ["s3:GetObject"],
            [
                .. files.Select(file => file.Bucket.ArnForObjects(IamPattern.Literal(file.Key))),
            ]));
        _job.ExecutionRole.AddToPrincipalPolicy(Statements.Allow(
            "LocateEnvironmentFiles", ["s3:GetBucketLocation"],
            [
                .. files.Select(file => file.Bucket.BucketArn).Distinct(),
            ]));
    }

    private static void Connect(
        Dictionary<string, ContainerDefinition> containers, string waiting,
            IReadOnlyDictionary<string, ContainerDependencyCondition> dependsOn) =>
        containers[waiting].AddContainerDependencies([.. dependsOn.Select(on => new ContainerDependency
        {
            Container = containers[on.Key],
            Condition = on.Value,
        })]);
}
