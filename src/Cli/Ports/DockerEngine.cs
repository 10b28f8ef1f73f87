namespace Jobs.Cli.Ports;

/// <param name="Version">Null when the engine does not answer.</param>
/// <param name="Error">Why it does not, in Docker's words.</param>
internal sealed record DockerEngine(string? Version, string? Error);
