namespace Jobs.Core.Ids;

/// <summary>Names a schedule: <c>&lt;job&gt;/&lt;schedule&gt;</c>.</summary>
public readonly record struct ScheduleKey(string Job, string Name)
{
    /// <exception cref="FormatException">The text is not a schedule's key.</exception>
    public static ScheduleKey Parse(string text) => text.Split('/') is [{ Length: > 0 } job, { Length: > 0 } name]
        ? new(job, name)
        : throw new FormatException(
            $"'{text}' is not a schedule, which is <job>/<schedule>, such as hourly-report/rate-1-hour.");

    public override string ToString() => $"{Job}/{Name}";
}
