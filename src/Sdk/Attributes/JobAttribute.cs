using Jobs.Core.Definitions;
using Jobs.Core.Sizes;

namespace Jobs;

/// <summary>How a job runs on Fargate. Sugar over <see cref="JobDefinition"/>, whose defaults it has.</summary>
/// <example><code>
/// [Job(Cpu = 512, MemoryMiB = 1024, TimeoutMinutes = 15)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobAttribute : Attribute
{
    private static readonly JobDefinition Defaults = new("default");

    /// <summary>
    /// 1 to 64 lower-case letters, digits and single hyphens. Default: the type's name so written, LineCount as
    /// line-count.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Who answers for the job, such as Orders team: e-mails about it and the command line say it. 1 to 100 characters
    /// on one line. Default null: nothing is said.
    /// </summary>
    public string? Owner { get; set; }

    /// <summary>
    /// The job has metrics of its own beside the stack's, some ten for $0.30 a month each:
    /// https://aws.amazon.com/cloudwatch/pricing/. <see cref="AlarmAttribute"/> turns them on too. Default false.
    /// </summary>
    public bool OwnMetrics { get; set; }

    /// <summary>CPU units, 1,024 to the vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384. Default 256.</summary>
    public int Cpu { get; set; } = Defaults.Cpu;

    /// <summary>Memory in MiB, one of those Fargate has for <see cref="Cpu"/>. Default 512.</summary>
    public int MemoryMiB { get; set; } = Defaults.MemoryMiB;

    /// <summary>
    /// After running out of memory the run is repeated with the next size that Fargate has, up to this many MiB. This
    /// spends none of the attempts of <see cref="RetryAttribute"/>. Default 0: no growth.
    /// </summary>
    public int MaxMemoryMiB { get; set; }

    /// <summary>Processor of the image and of the task. Default X64.</summary>
    public Architecture Architecture { get; set; } = Defaults.Architecture;

    /// <summary>Disk in GiB, 21 to 200. Default 0: the 20 GiB that every Fargate task has.</summary>
    public int EphemeralStorageGiB { get; set; }

    /// <summary>
    /// Longest life of one attempt in minutes, 1 to 10,080 (a week), enforced from outside the container. Default 60.
    /// </summary>
    public int TimeoutMinutes { get; set; } = Defaults.TimeoutMinutes;

    /// <summary>
    /// Longest life of a run in minutes from its request on, with all its attempts and all waiting: at least
    /// <see cref="TimeoutMinutes"/>, at most 43,200 (30 days). Default 0: no limit.
    /// </summary>
    public int RunTimeoutMinutes { get; set; }

    /// <summary>Seconds between SIGTERM and SIGKILL, 2 to 120. Default 120.</summary>
    public int StopTimeoutSeconds { get; set; } = Defaults.StopTimeoutSeconds;

    /// <summary>Attempts of this job that may be alive at once, 1 to 10,000. Default 0: no cap.</summary>
    public int MaxConcurrent { get; set; }

    /// <summary>Start on Fargate Spot first. Default false.</summary>
    public bool Spot { get; set; } = Defaults.Spot;

    /// <summary>What becomes of what triggers bring while the job, or the schedule, is paused. Default Wait.</summary>
    public WhenPaused WhenPaused { get; set; } = Defaults.WhenPaused;

    /// <summary>
    /// The job may write where its own uploads start it, and answer what its own tasks cause. Default false: synthesis
    /// refuses such a loop.
    /// </summary>
    public bool AllowLoop { get; set; } = Defaults.AllowLoop;
}
