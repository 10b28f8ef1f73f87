namespace Jobs.Cli.Shapes;

/// <param name="Name">As <c>job/name</c>.</param>
/// <param name="Next">When it starts its job next; null for never again.</param>
internal sealed record ScheduleShape(string Name, string Expression, string? Zone, DateTimeOffset? Next);
