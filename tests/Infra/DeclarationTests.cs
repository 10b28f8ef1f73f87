using Amazon.CDK.AWS.ECS;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class DeclarationTests
{
    [Fact]
    public void Invalid_declarations_fail_synthesis_with_every_error_and_its_path()
    {
        var message = Failure((_, runner) =>
        {
            runner.AddJob(new JobDefinition("small") { Cpu = 256, MemoryMiB = 4_096 }, Shapes.AnyImage);
            runner.AddJob(new JobDefinition("Bad Name"), Shapes.AnyImage);
            runner.AddJob(new JobDefinition("twice"), Shapes.AnyImage);
            runner.AddJob(new JobDefinition("twice"), Shapes.AnyImage);
            runner.AddJob(
                new JobDefinition("slow") { StopTimeoutSeconds = 300, EphemeralStorageGiB = 10 }, Shapes.AnyImage);
        });

        Assert.Contains(
            "[jobs/Jobs/small] Job 'small': Fargate has no 4096 MiB with 256 CPU units",
            message,
            StringComparison.Ordinal);
        Assert.Contains("[jobs/Jobs/Bad Name] Job 'Bad Name': a name has 1 to 64", message, StringComparison.Ordinal);
        Assert.Contains(
            "[jobs/Jobs] Job 'twice': the names of a stack's jobs must differ (declared: 2 jobs of this name). " +
            "Rename all but one.",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "[jobs/Jobs/slow] Job 'slow': StopTimeoutSeconds must be 2 to 120", message, StringComparison.Ordinal);
        Assert.Contains(
            "[jobs/Jobs/slow] Job 'slow': EphemeralStorageGiB must be 21 to 200", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_without_a_name_fails_synthesis_with_the_rule() =>
        Assert.Contains(
            "a name has 1 to 64",
            Failure((_, runner) => runner.AddJob(new JobDefinition(""), Shapes.AnyImage)),
            StringComparison.Ordinal);

    [Fact]
    public void Containers_that_do_not_fit_together_fail_synthesis()
    {
        var message = Failure((_, runner) => runner.AddJob(
            new JobDefinition("crowd") { Environment = new Dictionary<string, string> { ["KEY"] = "plain" } },
            Shapes.AnyImage with
            {
                Sidecars =
                [
                    .. Enumerable.Range(1, 9).Select(i => AnySidecar($"s{i}")), AnySidecar(Names.WorkerContainer),
                ],
                DependsOn = new Dictionary<string, ContainerDependencyCondition>
                {
                    ["absent"] = ContainerDependencyCondition.START,
                },
                Secrets = new Dictionary<string, Secret> { ["KEY"] = null! },
            }));

        Assert.Contains(
            "a task has at most 10 containers, the worker included (declared: 11)", message, StringComparison.Ordinal);
        Assert.Contains(
            "the containers of a task have different names, and worker is the job's (declared: worker)",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "a container waits only for containers of its task (declared: absent)", message, StringComparison.Ordinal);
        Assert.Contains("a variable is a secret or plain, not both (declared: KEY)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ECS_would_refuse_at_deployment_fails_synthesis()
    {
        var message = Failure((_, runner) => runner.AddJob(new JobDefinition("late"), Shapes.AnyImage with
        {
            Sidecars =
            [
                AnySidecar("agent") with
                {
                    DependsOn = new Dictionary<string, ContainerDependencyCondition>
                    {
                        [Names.WorkerContainer] = ContainerDependencyCondition.SUCCESS,
                    },
                },
                AnySidecar("setup"),
            ],
            DependsOn = new Dictionary<string, ContainerDependencyCondition>
            {
                ["agent"] = ContainerDependencyCondition.HEALTHY,
                ["setup"] = ContainerDependencyCondition.COMPLETE,
            },
            Mounts = [new MountPoint { SourceVolume = "scratch", ContainerPath = "/scratch", ReadOnly = false }],
            Secrets = new Dictionary<string, Secret> { ["JOBS_RUN_ID"] = null! },
        }));

        Assert.Contains(
            "only a container with a health check is ever healthy (declared: agent)",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the end of an essential container ends the task, so none can wait for it (declared: setup)",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the end of an essential container ends the task, so none can wait for it (declared: worker)",
            message,
            StringComparison.Ordinal);
        Assert.Contains("a mount names a volume of the task (declared: scratch)", message, StringComparison.Ordinal);
        Assert.Contains("does not begin with JOBS_ or AWS_ (declared: JOBS_RUN_ID)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_upload_triggers_and_a_wrong_address_fail_synthesis()
    {
        var message = Failure(
            (_, runner) => runner.AddJob(
                new JobDefinition("many")
                {
                    Uploads = [.. Enumerable.Range(0, 299).Select(i => new UploadTrigger($"in{i:000}/"))],
                },
                Shapes.AnyImage),
            Synthesis.AnyRunner with { AdminEmails = ["ops"] });

        Assert.Contains(
            "An event bus has at most 300 rules, and each upload trigger, each event trigger and each schedule without " +
            "a time zone is one (declared: 301, the most in many with 299).",
            message,
            StringComparison.Ordinal);
        Assert.Contains("AdminEmails has e-mail addresses (declared: ops).", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_that_AWS_would_refuse_or_that_is_over_fails_synthesis()
    {
        var message = Failure((_, runner) => runner.AddJob(
            new JobDefinition("report")
            {
                Schedules =
                [
                    new ScheduleTrigger("broken", "cron(71 8 * * ? *)"),
                    new ScheduleTrigger("nowhere", "cron(0 8 * * ? *)") { TimeZone = "Europe/Berlni" },
                    new ScheduleTrigger("over", "cron(0 8 * * ? 2020)"),
                ],
            },
            Shapes.AnyImage));

        Assert.Contains(
            "schedule 'broken' is not valid: minutes 71: it must be from 0 to 59 (declared: cron(71 8 * * ? *)).",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'Europe/Berlni' is not an IANA time zone; did you mean Europe/Berlin?", message, StringComparison.Ordinal);
        Assert.Contains(
            "schedule 'over' must have a time in the future (declared: cron(0 8 * * ? 2020)).",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_rate_and_budget_out_of_range_fail_synthesis()
    {
        var message = Failure(
            (_, runner) =>
            {
                runner.AddJob(new JobDefinition("small"), Shapes.AnyImage);
                runner.AddJob(new JobDefinition("large") { Cpu = 16_384, MemoryMiB = 32_768 }, Shapes.AnyImage);
            },
            Synthesis.AnyRunner with { LaunchRate = new() { LaunchBurst = 0, LaunchesPerSecond = 0 }, MaxVcpus = 15 });

        Assert.Contains("LaunchRate.LaunchBurst is 1 to 10,000 (declared: 0).", message, StringComparison.Ordinal);
        Assert.Contains(
            "LaunchRate.LaunchesPerSecond is above 0 and at most 1,000 (declared: 0).",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "job 'large' has Cpu = 16384, MaxVcpus = 15 is 15360. Raise MaxVcpus or lower Cpu.",
            message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(125, null)]
    [InlineData(0, "MaxVcpus is 1 or more (declared: 0).")]
    public void Budget_is_bounded_by_the_item_that_holds_it(int vcpus, string? error)
    {
        string Synthesize() =>
            Failure(
                (_, runner) => runner.AddJob(new JobDefinition("small"), Shapes.AnyImage),
                Synthesis.AnyRunner with { MaxVcpus = vcpus });

        if (error is null)
        {
            Assert.Null(
                Record.Exception(
                    () =>
                        Synthesis.Of(
                            (_, runner) => runner.AddJob(new JobDefinition("small"), Shapes.AnyImage),
                            _ => Synthesis.AnyRunner with { MaxVcpus = vcpus })));
        }
        else Assert.Contains(error, Synthesize(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_cannot_be_a_job_fails_synthesis()
    {
        var message = Failure((_, runner) => runner.AddJobs(typeof(DeclarationTests).Assembly, Shapes.AnyImage));

        Assert.Contains(
            "[jobs/Jobs] Job 'takes-text': one job, one input type: an upload gives the job an Upload",
            message,
            StringComparison.Ordinal);
    }

    private static Sidecar AnySidecar(string name) =>
        new(name, new ContainerDefinitionOptions { Image = ContainerImage.FromRegistry("example.com/s:1") });

    private static string Failure(Action<Amazon.CDK.Stack, JobRunner> add, JobRunnerProps? props = null) =>
        Assert.ThrowsAny<Exception>(() => Synthesis.Of(add, _ => props ?? Synthesis.AnyRunner)).Message;
}
