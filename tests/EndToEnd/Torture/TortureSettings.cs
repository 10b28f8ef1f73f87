using System.Globalization;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>How long and how hard. The test command takes the defaults, <c>bench/torture</c> more.</summary>
internal sealed record TortureSettings
{
    public int Uploads { get; init; } = 6;

    public int Seed { get; init; } = 1;

    /// <summary>How long processes are killed, at least until all is uploaded.</summary>
    public TimeSpan Killing { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long it may take from the last kill until every run is over and told.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where the summary goes; null for nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>What the environment says, and the defaults.</summary>
    public static TortureSettings Read()
    {
        var settings = new TortureSettings { Report = Environment.GetEnvironmentVariable("JOBS_TORTURE_REPORT") };
        return settings with
        {
            Uploads = Number("JOBS_TORTURE_UPLOADS") ?? settings.Uploads,
            Seed = Number("JOBS_TORTURE_SEED") ?? settings.Seed,
            Killing = Number("JOBS_TORTURE_SECONDS") is { } some ? TimeSpan.FromSeconds(some) : settings.Killing,
        };
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
