using System.Text.Json.Nodes;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.S3;
using Jobs.Core.Definitions;
using ECR = Amazon.CDK.AWS.ECR;
using SecretsManager = Amazon.CDK.AWS.SecretsManager;

namespace Jobs.Tests.Infra;

public sealed class TaskTests
{
    private static readonly Lazy<Synthesis> LazyFull = new(Full);

    [Fact]
    public void Task_definition_is_what_the_job_declares()
    {
        var task = Shapes.Typical.Template.Named("JobslinecountTask");

        Assert.Equal("jobs_line-count", task["Family"]);
        Assert.Equal(("512", "1024"), (task["Cpu"], task["Memory"]));
        Assert.Equal("{SizeInGiB: 30}", task["EphemeralStorage"]);
        Assert.Equal("{CpuArchitecture: X86_64, OperatingSystemFamily: LINUX}", task["RuntimePlatform"]);
        Assert.Equal("FARGATE", task["RequiresCompatibilities"]);
        Assert.Equal("awsvpc", task["NetworkMode"]);
        Assert.Equal("{Key: team, Value: data}", task["Tags"]);
        Assert.Equal("<JobslinecountTaskRole.Arn>", task["TaskRoleArn"]);
        Assert.Equal("<JobslinecountExecutionRole.Arn>", task["ExecutionRoleArn"]);
    }

    [Fact]
    public void Worker_container_is_told_where_everything_is()
    {
        var worker = Container(Shapes.Typical.Template.Named("JobslinecountTask"), Names.WorkerContainer);

        Assert.Equal("90", Readable.Text(worker["StopTimeout"]));
        Assert.Equal(
            [
                "JOBS_BUCKET=<JobsBucket>", "JOBS_JOB=line-count", "JOBS_RESULTS_TABLE=<JobsResultsTable>",
                "JOBS_RUNS_TABLE=<JobsRunsTable>", "JOBS_STACK=jobs", "MODE=fast",
            ],
            Variables(worker));
        Assert.Equal(
            "{LogDriver: awslogs, Options: {awslogs-group: <JobslinecountLog>, awslogs-stream-prefix: worker, " +
            "awslogs-region: <AWS::Region>}}",
            Readable.Text(worker["LogConfiguration"]));
    }

    [Fact]
    public void Log_group_of_a_job_has_its_name_and_expires()
    {
        var log = Shapes.Typical.Template.Named("JobslinecountLog");

        Assert.Equal("/jobs/jobs/line-count", log["LogGroupName"]);
        Assert.Equal("30", log["RetentionInDays"]);
    }

    [Fact]
    public void An_image_without_our_host_is_told_of_no_table()
    {
        var task = Shapes.Typical.Template.Named("JobsnightlyetlTask");

        Assert.Equal("{CpuArchitecture: ARM64, OperatingSystemFamily: LINUX}", task["RuntimePlatform"]);
        Assert.Equal(
            ["JOBS_BUCKET=<JobsBucket>", "JOBS_JOB=nightly-etl", "JOBS_STACK=jobs"],
            Variables(Container(task, Names.WorkerContainer)));
    }

    [Fact]
    public void Secrets_and_environment_files_reach_the_container_and_may_be_read_by_ECS()
    {
        var template = LazyFull.Value.Template;
        var worker = Container(template.Named("JobsfullTask"), Names.WorkerContainer);

        Assert.Equal("{Name: PASSWORD, ValueFrom: <Database>}", Readable.Text(worker["Secrets"]));
        Assert.Contains("JOBS_SECRETS=PASSWORD", Variables(worker));
        Assert.Equal(
            "{Type: s3, Value: arn:<AWS::Partition>:s3:::<Settings>/full.env}",
            Readable.Text(worker["EnvironmentFiles"]));
        Snapshot.Matches("full-execution-role.txt", Readable.Role(template, template.Named("JobsfullExecutionRole")));
    }

    [Fact]
    public void Sidecars_volumes_and_dependencies_reach_the_task_definition()
    {
        var task = LazyFull.Value.Template.Named("JobsfullTask");
        var worker = Container(task, Names.WorkerContainer);
        var agent = Container(task, "agent");

        Assert.Equal("{Name: scratch}", task["Volumes"]);
        Assert.Equal(
            "{ContainerPath: /scratch, ReadOnly: false, SourceVolume: scratch}", Readable.Text(worker["MountPoints"]));
        Assert.Equal(
            "{ContainerPath: /data, ReadOnly: true, SourceVolume: scratch}", Readable.Text(agent["MountPoints"]));
        Assert.Equal("{Condition: HEALTHY, ContainerName: agent}", Readable.Text(worker["DependsOn"]));
        Assert.Equal("false", Readable.Text(agent["Essential"]));
        Assert.Equal("<JobsfullLog>", Readable.Text(agent["LogConfiguration"]!["Options"]!["awslogs-group"]));
        Assert.Equal("CMD-SHELL, true", Readable.Text(agent["HealthCheck"]!["Command"]));
    }

    [Fact]
    public void Worker_with_a_read_only_root_has_a_temporary_folder()
    {
        var task = Synthesis.OfJob(new("sealed"), Shapes.AnyImage with { ReadOnlyRoot = true })
            .Template.Named("JobssealedTask");
        var worker = Container(task, Names.WorkerContainer);

        Assert.Equal("true", Readable.Text(worker["ReadonlyRootFilesystem"]));
        Assert.Equal("{Name: jobs-tmp}", task["Volumes"]);
        Assert.Equal(
            "{ContainerPath: /tmp, ReadOnly: false, SourceVolume: jobs-tmp}", Readable.Text(worker["MountPoints"]));
    }

    [Fact]
    public void Temporary_folder_of_the_authors_own_stays()
    {
        var task = Synthesis.OfJob(new("sealed"), Shapes.AnyImage with
        {
            ReadOnlyRoot = true,
            Volumes = [new Volume { Name = "mine" }],
            Mounts = [new MountPoint { SourceVolume = "mine", ContainerPath = "/tmp", ReadOnly = false }],
        }).Template.Named("JobssealedTask");

        Assert.Equal("{Name: mine}", task["Volumes"]);
        Assert.Null(Container(Shapes.Typical.Template.Named("JobslinecountTask"), Names.WorkerContainer)[
            "ReadonlyRootFilesystem"]);
    }

    [Fact]
    public void Image_says_for_which_processor_it_is_whatever_its_jobs_declare()
    {
        var synthesis = Synthesis.OfJob(new("any"), Shapes.AnyImage with { Architecture = Architecture.Arm64 });

        Assert.Equal(
            "{CpuArchitecture: ARM64, OperatingSystemFamily: LINUX}",
            synthesis.Template.Named("JobsanyTask")["RuntimePlatform"]);
        var catalog = File.ReadAllText(Path.Combine(synthesis.FunctionsAsset, JobCatalog.FileName));
        Assert.Equal(Architecture.Arm64, JobCatalog.Parse(catalog).Find("any")!.Architecture);
    }

    [Fact]
    public void Sidecar_that_jobs_share_writes_into_the_log_of_each()
    {
        var shared = Shapes.AnyImage with
        {
            Sidecars = [new Sidecar("agent",
                new ContainerDefinitionOptions
                {
                    Image = ContainerImage.FromRegistry("example.com/agent:1"),
                    Essential = false,
                })],
        };
        var template = Synthesis.Of((_, runner) =>
        {
            runner.AddJob(new JobDefinition("one"), shared);
            runner.AddJob(new JobDefinition("other"), shared);
        }).Template;

        Assert.Equal(["<JobsoneLog>", "<JobsotherLog>"], new[] { "JobsoneTask", "JobsotherTask" }.Select(task =>
            Readable.Text(Container(template.Named(task), "agent")["LogConfiguration"]!["Options"]!["awslogs-group"])));
    }

    private static Synthesis Full() => Synthesis.Of((stack, runner) =>
    {
        var props = new JobProps
        {
            Image = ContainerImage.FromEcrRepository(ECR.Repository.FromRepositoryName(stack, "Images", "images")),
            Secrets = new Dictionary<string, Secret>
            {
                ["PASSWORD"] = Secret.FromSecretsManager(new SecretsManager.Secret(stack, "Database")),
            },
            EnvironmentFiles = [new EnvironmentFileObject(new Bucket(stack, "Settings"), "full.env")],
            Volumes = [new Volume { Name = "scratch" }],
            Mounts = [new MountPoint { SourceVolume = "scratch", ContainerPath = "/scratch", ReadOnly = false }],
            DependsOn = new Dictionary<string, ContainerDependencyCondition>
            {
                ["agent"] = ContainerDependencyCondition.HEALTHY,
            },
            Sidecars =
            [
                new Sidecar("agent", new ContainerDefinitionOptions
                {
                    Image = ContainerImage.FromRegistry("example.com/agent:1"),
                    Essential = false,
                    HealthCheck = new HealthCheck { Command = ["true"] },
                })
                {
                    Mounts = [new MountPoint { SourceVolume = "scratch", ContainerPath = "/data", ReadOnly = true }],
                },
            ],
        };
        runner.AddJob(new JobDefinition("full"), props);
    });

    private static JsonObject Container(Resource task, string name) =>
        task.Properties["ContainerDefinitions"]!.AsArray().Single(
            container => container!["Name"]!.GetValue<string>() == name)!.AsObject();

    private static IEnumerable<string> Variables(JsonObject container) => container["Environment"]!.AsArray()
        .Select(variable => $"{variable!["Name"]}={Readable.Text(variable["Value"])}").Order(StringComparer.Ordinal);
}
