namespace Jobs.Cli.Ports;

/// <summary>A weakness in an image.</summary>
/// <param name="Name">Such as CVE-2026-1234.</param>
/// <param name="Severity">Such as HIGH.</param>
/// <param name="Package">Which package has it, with its version; null when it is not said.</param>
internal sealed record ImageFinding(string Name, string Severity, string? Package);
