namespace Jobs.Cli.Shapes;

/// <summary>One thing that a replay is about.</summary>
/// <param name="What">An object, a run, or a message's reason.</param>
/// <param name="Job">The job that it starts; null when that is not known before.</param>
/// <param name="RanAs">Run that it has already made, so that it starts nothing without --force; null when there is none.</param>
/// <param name="RanState">State of that run.</param>
internal sealed record ReplayItemShape(string What, string? Job, string? RanAs, string? RanState);
