namespace Jobs.Cli.Shapes;

/// <summary>What <c>alerts --json</c> prints.</summary>
/// <param name="Unreadable">Causes that are there and cannot be read, a sentence each.</param>
internal sealed record AlertListShape(IReadOnlyList<AlertShape> Alerts, IReadOnlyList<string> Unreadable);
