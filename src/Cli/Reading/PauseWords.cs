using Jobs.Cli.Output;
using Jobs.Core.Pauses;

namespace Jobs.Cli.Reading;

/// <summary>A pause in words.</summary>
internal static class PauseWords
{
    /// <summary>Such as <c>paused by user/alice, until 2026-03-01 06:00:00 UTC: The source is migrated.</c></summary>
    public static string Of(Pause pause) =>
        $"paused{By(pause.By)}{(pause.Until is { } until ? $", until {Time(until)}" : "")}: {pause.Reason}";

    public static string By(string? by) => by is null ? "" : $" by {by}";

    private static string Time(DateTimeOffset at) => $"{Words.Time(at, TimeZoneInfo.Utc)[..19]} UTC";
}
