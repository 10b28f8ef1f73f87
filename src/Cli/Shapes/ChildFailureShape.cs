namespace Jobs.Cli.Shapes;

/// <summary>A child that did not succeed.</summary>
/// <param name="Index">From 0; of an array the line's number is one above.</param>
internal sealed record ChildFailureShape(int Index, string Run, string State, string? Error);
