namespace Jobs.Cli.Shapes;

/// <summary>A job's runs under way, by state.</summary>
internal sealed record ActiveShape(string Job, int Pending, int Starting, int Running, int Stopping, int AwaitingChildren);
