using System.Globalization;
using Jobs.Cdk.Assets;
using Jobs.Core.Schedules;

namespace Jobs.Tests.Infra;

/// <summary>
/// Planned times by copied zones alone. Here, because no other test of this project runs meanwhile.
/// </summary>
public sealed class ZoneFilesTests : IDisposable
{
    private const string Variable = "TZDIR";

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-zones-").FullName;

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        TimeZoneInfo.ClearCachedData();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("2026-01-10T00:00:00Z", "2026-01-10T01:30:00Z")]
    [InlineData("2026-07-10T00:00:00Z", "2026-07-10T00:30:00Z")]
    // The clock goes from 2:00 to 3:00 that night, and back in the other.
    [InlineData("2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    public void Copied_zone_is_all_that_its_schedule_needs(string after, string planned)
    {
        if (OperatingSystem.IsWindows()) return;
        ZoneFiles.Copy(_folder, ["Europe/Berlin"]);
        Environment.SetEnvironmentVariable(Variable, _folder);
        TimeZoneInfo.ClearCachedData();

        var schedule = Schedule.Parse("cron(30 2 * * ? *)", "Europe/Berlin");

        Assert.Equal(Time(planned), schedule.Next(Time(after)));
        Assert.Throws<FormatException>(() => Schedule.Parse("cron(30 2 * * ? *)", "Asia/Tokyo"));
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
