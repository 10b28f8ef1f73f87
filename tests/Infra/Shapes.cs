using Amazon.CDK.AWS.ECS;
using Jobs.Core.Definitions;
using Jobs.Infra;

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
            new ScheduleTrigger("nightly", "cron(30 2 * * ? *)") { TimeZone = "Europe/Berlin", Input = """{"days": 7}""" },
        ],
        Reads = ["reference/"],
        Writes = ["counts/"],
        Environment = new Dictionary<string, string> { ["MODE"] = "fast" },
        Tags = new Dictionary<string, string> { ["team"] = "data" },
    };

    /// <summary>An image that knows nothing of us.</summary>
    public static JobDefinition NightlyEtl => new("nightly-etl") { HasHost = false, Architecture = Architecture.Arm64, Uploads = [new UploadTrigger("etl/")] };

    /// <summary>Both of these jobs, and two admins.</summary>
    public static Synthesis Typical => LazyTypical.Value;
}
