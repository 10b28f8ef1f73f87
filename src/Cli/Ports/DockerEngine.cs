namespace Jobs.Cli.Ports;

/// <param name="Version">Null when the engine does not answer.</param>
/// <param name="Error">Why it does not, in Docker's words.</param>
internal sealed record DockerEngine(string? Version, string? Error)
{
    /// <summary>Docker's program, or what CDK_DOCKER names in its place, as for the CDK CLI.</summary>
    public static string Program =>
        Environment.GetEnvironmentVariable("CDK_DOCKER") is { Length: > 0 } named ? named : "docker";
}
