using System.Text.Json.Nodes;
using Jobs.Core.Sizes;

namespace Jobs;

/// <summary>
/// A job as declared: literals only, so that the stack, the functions, the worker and the laptop all read the same
/// thing. What only the stack knows (image, secrets, volumes, sidecars) is not here.
/// </summary>
/// <param name="Name">1 to 64 characters: lower-case letters, digits and single hyphens, beginning with a letter.
/// Unique in a stack.</param>
public sealed record JobDefinition(string Name)
{
    /// <summary>
    /// Who answers for the job, such as Orders team: e-mails about it and the command line say it. 1 to 100 characters
    /// on one line. Default null: nothing is said.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>Who gets e-mails about the job, beside the runner's list.</summary>
    public IReadOnlyList<Recipient> Recipients { get; init; } = [];

    /// <summary>
    /// What every run of the job is called, each as <c>team=billing</c>, but for what its sender calls it under the
    /// same name: at most five, of 200 characters in all. Default none.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// The job has metrics of its own beside the stack's, some ten for $0.30 a month each:
    /// https://aws.amazon.com/cloudwatch/pricing/. <see cref="Alarms"/> turn them on too. Default false.
    /// </summary>
    public bool OwnMetrics { get; init; }

    /// <summary>When CloudWatch tells the runner's list of the job. Default null: never.</summary>
    public JobAlarms? Alarms { get; init; }

    /// <summary>CPU units, 1,024 to the vCPU: one of <see cref="FargateSizes"/>. Default 256.</summary>
    public int Cpu { get; init; } = 256;

    /// <summary>
    /// Memory in MiB, one of those <see cref="FargateSizes"/> allows for <see cref="Cpu"/>. Default 512.
    /// </summary>
    public int MemoryMiB { get; init; } = 512;

    /// <summary>
    /// After an OutOfMemory the run is repeated with the next size that Fargate has, up to this many MiB. This spends
    /// none of the <see cref="RetryPolicy.Attempts"/>. Default null: no growth.
    /// </summary>
    public int? MaxMemoryMiB { get; init; }

    /// <summary>Processor of the image and of the task. Default X64.</summary>
    public Architecture Architecture { get; init; } = Architecture.X64;

    /// <summary>Disk in GiB, 21 to 200. Default null: the 20 GiB that every Fargate task has.</summary>
    public int? EphemeralStorageGiB { get; init; }

    /// <summary>
    /// Longest life of one attempt in minutes, 1 to 10,080 (a week), enforced from outside the container. Default 60.
    /// </summary>
    public int TimeoutMinutes { get; init; } = 60;

    /// <summary>
    /// Longest life of a run in minutes from its request on, with all its attempts and all waiting: at least
    /// <see cref="TimeoutMinutes"/>, at most 43,200 (30 days). Default null: no limit.
    /// </summary>
    public int? RunTimeoutMinutes { get; init; }

    /// <summary>
    /// Seconds between SIGTERM and SIGKILL, 2 to 120 (Fargate's range). Default 120: all that Spot's notice gives.
    /// </summary>
    public int StopTimeoutSeconds { get; init; } = 120;

    /// <summary>Attempts of this job that may be alive at once, 1 to 10,000. Default null: no cap.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>Start on Fargate Spot first. Default false.</summary>
    public bool Spot { get; init; }

    /// <summary>What becomes of what triggers bring while the job is paused. Default Wait.</summary>
    public WhenPaused WhenPaused { get; init; }

    /// <summary>Which failed attempts are repeated, how often and when.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>
    /// The uploads that start this job: a run each. Of a job with a <see cref="Queue"/> they are its messages, and its
    /// tasks take many each.
    /// </summary>
    public IReadOnlyList<UploadTrigger> Uploads { get; init; } = [];

    /// <summary>The events of EventBridge that start this job.</summary>
    public IReadOnlyList<EventTrigger> Events { get; init; } = [];

    /// <summary>The planned times that start this job.</summary>
    public IReadOnlyList<ScheduleTrigger> Schedules { get; init; } = [];

    /// <summary>The other jobs' ends that start this job.</summary>
    public IReadOnlyList<AfterTrigger> Afters { get; init; } = [];

    /// <summary>
    /// The queue whose messages the job takes; such a job has no other triggers than <see cref="Uploads"/>, which put
    /// their messages there. Its runs are not repeated, whatever <see cref="Retry"/> says: the messages are. Default
    /// null: none.
    /// </summary>
    public QueueTrigger? Queue { get; init; }

    /// <summary>
    /// Prefixes of the runner's bucket that the job may read and list besides what its upload triggers name.
    /// </summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>
    /// Prefixes of the runner's bucket whose keys the job may list without reading the objects; empty text for all
    /// keys.
    /// </summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Prefixes of the runner's bucket that the job may write.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>Names of the jobs whose runs this one may submit.</summary>
    public IReadOnlyList<string> Submits { get; init; } = [];

    /// <summary>
    /// The job may write where its own uploads start it, and answer what its own tasks cause. Default false: synthesis
    /// refuses such a loop.
    /// </summary>
    public bool AllowLoop { get; init; }

    /// <summary>Plain environment variables. Never a secret: they are readable in the task definition.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Tags for cost allocation, put on the task definition and its tasks.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON schema of the input; null accepts any JSON.</summary>
    public JsonNode? InputSchema { get; init; }

    /// <summary>
    /// The image runs our host, which claims its launch, sends heartbeats and records a result.
    /// False for an image without it: exit code 0 is success and no heartbeat is expected. Default true.
    /// </summary>
    public bool HasHost { get; init; } = true;
}
