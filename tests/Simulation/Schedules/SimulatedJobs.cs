using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>The jobs of the simulated stack: one for each thing a definition can say about its runs.</summary>
internal static class SimulatedJobs
{
    /// <summary>Where the uploads for <see cref="Reloaded"/> lie.</summary>
    public const string ReloadedPrefix = "re/";

    /// <summary>The name of each scheduled job's schedule.</summary>
    public const string ScheduleName = "s";

    /// <summary>The job that a child is for which can never start: it is not deployed.</summary>
    public const string Unknown = "unknown";

    /// <summary>The one that takes messages from a queue, and has no uploads.</summary>
    public static JobDefinition Drain { get; } = new("drain")
    {
        TimeoutMinutes = 10,
        Queue = new QueueTrigger { MessagesPerTask = 10, MaxTasks = 3 },
    };

    public static JobCatalog Catalog { get; } = new(
    [
        new("urgent")
        {
            MaxConcurrent = 1,
            Uploads = [new UploadTrigger("in/", ".csv") { Priority = 3 }],
            Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 10 },
        },
        new("plain")
        {
            TimeoutMinutes = 10,
            Retry = new RetryPolicy { Attempts = 3, BackoffSeconds = 30, MaxBackoffSeconds = 300 },
        },
        new("capped")
        {
            WhenPaused = WhenPaused.Skip,
            TimeoutMinutes = 15,
            MaxConcurrent = 2,
            Retry = new RetryPolicy { Attempts = 3, BackoffSeconds = 20, MaxBackoffSeconds = 60 },
        },
        new("single")
        {
            TimeoutMinutes = 5,
            MaxConcurrent = 1,
            Spot = true,
            Cpu = 1024,
            MemoryMiB = 2048,
            Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 0 },
        },
        new("spot")
        {
            TimeoutMinutes = 10,
            Spot = true,
            StopTimeoutSeconds = 30,
            Retry = new RetryPolicy { Attempts = 4, BackoffSeconds = 10, MaxBackoffSeconds = 600 },
        },
        new("image")
        {
            TimeoutMinutes = 10,
            HasHost = false,
            Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 60 },
        },
        new("once")
        {
            WhenPaused = WhenPaused.Skip,
            TimeoutMinutes = 2,
            Cpu = 512,
            MemoryMiB = 1024,
            Retry = new RetryPolicy { Attempts = 1 },
        },
        new("growing") { MaxMemoryMiB = 2048, Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 15 } },
        new("hurried")
        {
            TimeoutMinutes = 10,
            RunTimeoutMinutes = 25,
            MaxConcurrent = 1,
            Retry = new RetryPolicy { Attempts = 5, BackoffSeconds = 60 },
        },
        new("stubborn")
        {
            TimeoutMinutes = 3,
            Retry = new RetryPolicy
            {
                Attempts = 3,
                BackoffSeconds = 5,
                Retryable = new RetryMatch { Classes = [VerdictClass.TimedOut] },
                NonRetryable = new RetryMatch { ExitCodes = [3] },
            },
        },
    ]);

    /// <summary>Submits children and goes on when they have ended, once or twice.</summary>
    public static JobDefinition Splitter { get; } = new("splitter")
    {
        TimeoutMinutes = 10,
        Submits = ["part", Unknown],
        Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 20 },
    };

    public static JobDefinition Part { get; } = new("part")
    {
        TimeoutMinutes = 5,
        Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 5 },
    };

    /// <summary>The one that arrays are submitted for.</summary>
    public static JobDefinition Lines { get; } = new("lines")
    {
        TimeoutMinutes = 5,
        Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 5 },
    };

    /// <summary>The one whose uploads are replayed.</summary>
    public static JobDefinition Reloaded { get; } = new("reloaded")
    {
        TimeoutMinutes = 10,
        Uploads = [new UploadTrigger(ReloadedPrefix)],
        Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 5 },
    };

    /// <summary>The scheduled one whose missing runs are replayed.</summary>
    public static JobDefinition Reports { get; } = Planned(
        "reports", "cron(0/10 * * * ? *)", OverlapPolicy.Skip) with
    { MaxConcurrent = 1 };

    /// <summary>Its schedule.</summary>
    public static ScheduleKey ReportsKey => new(Reports.Name, ScheduleName);

    public static IReadOnlyList<JobDefinition> Scheduled { get; } =
    [
        Planned("skips", "rate(2 minutes)", OverlapPolicy.Skip),
        Planned("queues", "cron(0/3 * * * ? *)", OverlapPolicy.Queue),
        Planned("replaces", "rate(1 minute)", OverlapPolicy.Replace) with { TimeoutMinutes = 60 },
        Planned("allows", "cron(0/2 * * * ? *)", OverlapPolicy.Allow) with { WhenPaused = WhenPaused.Skip },
        Reports,
    ];

    /// <summary>Those that come after others.</summary>
    public static IReadOnlyList<JobDefinition> Followers { get; } =
    [
        new("then")
        {
            TimeoutMinutes = 5,
            Afters = [.. Leaders.Select(job => new AfterTrigger(job)), new("splitter"), new("reports")],
        },
        new("rescue")
        {
            TimeoutMinutes = 5,
            Afters =
            [
                .. Leaders.Select(job => new AfterTrigger(job, AfterOutcome.Failure) { TakesEnding = true }),
                new("lines", AfterOutcome.Failure),
            ],
        },
        new("always")
        {
            TimeoutMinutes = 5,
            HasHost = false,
            Afters =
            [
                new("then", AfterOutcome.Always), new("part", AfterOutcome.Always), new("image", AfterOutcome.Always),
            ],
        },
    ];

    /// <summary>All jobs, those that only wide schedules use last.</summary>
    public static IReadOnlyList<JobDefinition> All { get; } =
        [.. Catalog.Jobs, Splitter, Part, Lines, Reloaded, .. Scheduled, .. Followers];

    public static bool IsReloaded(string job) => job == Reloaded.Name;

    private static IEnumerable<string> Leaders => Catalog.Jobs.Select(job => job.Name);

    private static JobDefinition Planned(string name, string expression, OverlapPolicy overlap) => new(name)
    {
        TimeoutMinutes = 5,
        Schedules = [new ScheduleTrigger(ScheduleName, expression) { Overlap = overlap }],
        Retry = new RetryPolicy { Attempts = 2, BackoffSeconds = 10 },
    };
}
