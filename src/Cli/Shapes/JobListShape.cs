namespace Jobs.Cli.Shapes;

internal sealed record JobListShape(IReadOnlyList<JobShape> Jobs);
