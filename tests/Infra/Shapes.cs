using Amazon.CDK.AWS.ECS;
using Jobs.Core.Definitions;
using Jobs.Core.Sizes;

namespace Jobs.Tests.Infra;

/// <summary>Stacks that several tests look at, each synthesized once.</summary>
internal static class Shapes
{
    private static readonly Lazy<Synthesis> LazyTypical = new(() => Synthesis.Of(
        (_, runner) =>
        {
            runner.AddJob(LineCount, AnyImage);
            runner.AddJob(NightlyEtl, AnyImage);
        },
        _ => Synthesis.AnyRunner with { AdminEmails = ["ops@example.com", "dev@example.com"] }));

    private static readonly Lazy<Synthesis> LazyMonitored = new(() => Synthesis.Of(
        (_, runner) =>
        {
            runner.AddJob(
                LineCount with
                {
                    Alarms = new() { FailurePercent = 20, DurationMinutes = 10, DollarsPerDay = 2.5 },
                },
                AnyImage);
            runner.AddJob(
                new JobDefinition("queue-worker") { OwnMetrics = true, Queue = new QueueTrigger() }, AnyImage);
        },
        _ => Synthesis.AnyRunner with
        {
            AdminEmails = ["ops@example.com"],
            ContainerInsights = ContainerInsightsMode.Enhanced,
            Dashboard = true,
            LogQueries = true,
            SlackChannels = [new SlackChannel("T0123ABCD", "C0123ABCD")],
            TeamsChannels =
            [
                new TeamsChannel(
                    "0f8fad5b-d9cb-469f-a165-70867728950e",
                    "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                    "19%3aab6ef35%40thread.tacv2"),
            ],
        }));

    private static readonly Lazy<Synthesis> LazyQueues = new(() => Synthesis.Of((_, runner) =>
    {
        runner.AddJob(
            new JobDefinition("queue-worker") { Queue = new QueueTrigger { VisibilitySeconds = 120, MaxReceives = 3 } },
            AnyImage);
        runner.AddJob(new JobDefinition("resize") { Spot = true, Queue = ServiceQueue }, AnyImage);
        runner.AddJob(
            new JobDefinition("plain") { HasHost = false, Queue = new QueueTrigger { Mode = QueueMode.Service } },
            AnyImage);
    }));

    public static JobProps AnyImage => new() { Image = ContainerImage.FromRegistry("example.com/worker:1") };

    /// <summary>A job with our host, two triggers, and prefixes of its own.</summary>
    public static JobDefinition LineCount => new("line-count")
    {
        Cpu = 512,
        MemoryMiB = 1_024,
        EphemeralStorageGiB = 30,
        StopTimeoutSeconds = 90,
        Uploads = [new UploadTrigger("incoming/", ".csv"), new UploadTrigger("late/")],
        Schedules =
        [
            new ScheduleTrigger("hourly", "rate(1 hour)"),
            new ScheduleTrigger("nightly", "cron(30 2 * * ? *)")
            {
                TimeZone = "Europe/Berlin",
                Input = """{"days": 7}""",
            },
        ],
        Reads = ["reference/"],
        Writes = ["counts/"],
        Environment = new Dictionary<string, string> { ["MODE"] = "fast" },
        Tags = new Dictionary<string, string> { ["team"] = "data" },
    };

    /// <summary>An image that knows nothing of us.</summary>
    public static JobDefinition NightlyEtl =>
        new("nightly-etl")
        {
            HasHost = false,
            Architecture = Architecture.Arm64,
            Uploads = [new UploadTrigger("etl/")],
        };

    /// <summary>A queue's service with all that can be declared of it.</summary>
    public static QueueTrigger ServiceQueue => new()
    {
        MessagesPerTask = 50,
        MaxTasks = 40,
        Mode = QueueMode.Service,
        Service = new QueueService
        {
            MinTasks = 1,
            Steps = [new ScalingStep(1_000, 5), new ScalingStep(10_000, 20)],
            Schedules =
            [
                new ScheduledScaling("mornings", "cron(0 6 ? * MON-FRI *)", 4, 40) { TimeZone = "Europe/Berlin" },
                new ScheduledScaling("nights", "cron(0 22 * * ? *)", 0, 2),
            ],
            MinimumHealthyPercent = 50,
            MaximumPercent = 150,
        },
    };

    /// <summary>A job with every alarm and one with a queue, with the dashboard, the queries and channels.</summary>
    public static Synthesis Monitored => LazyMonitored.Value;

    /// <summary>
    /// Three jobs that take messages: by runs, by a service with everything, and by one of an image that knows nothing
    /// of us.
    /// </summary>
    public static Synthesis Queues => LazyQueues.Value;

    /// <summary>Both of these jobs, and two admins.</summary>
    public static Synthesis Typical => LazyTypical.Value;
}
