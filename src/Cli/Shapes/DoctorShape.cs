namespace Jobs.Cli.Shapes;

/// <param name="Healthy">No check is an error.</param>
internal sealed record DoctorShape(bool Healthy, IReadOnlyList<CheckShape> Checks);
