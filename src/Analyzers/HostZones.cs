namespace Jobs.Analyzers;

/// <summary>
/// The compiler's machine may know no time zone, where a container has no data or .NET reads Windows' own: then only
/// synthesis says whether a name is one.
/// </summary>
internal static class HostZones
{
    private static readonly bool Any = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _);

    /// <summary>The definition as far as it can be judged here.</summary>
    public static JobDefinition Known(JobDefinition job) => Any ? job : job with
    {
        Schedules = [.. job.Schedules.Select(one => one with { TimeZone = null })],
        Queue = job.Queue is { Service: { } service } queue
            ? queue with
            {
                Service = service with
                {
                    Schedules = [.. service.Schedules.Select(one => one with { TimeZone = null })],
                },
            }
            : job.Queue,
    };
}
