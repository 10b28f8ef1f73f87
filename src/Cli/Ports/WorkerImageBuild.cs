using System.Text.RegularExpressions;
using Jobs.Cli.Ground;

namespace Jobs.Cli.Ports;

/// <summary>An image of a worker that is to be built and pushed, as a synthesis says.</summary>
/// <param name="Uri">With its tag.</param>
/// <param name="Folder">What it is built from.</param>
/// <param name="Platform">As Docker calls it.</param>
/// <param name="BaseImage">Null for what the Dockerfile says.</param>
internal sealed partial record WorkerImageBuild(string Uri, string Folder, string Platform, string? BaseImage)
{
    /// <summary>Host name of the registry.</summary>
    public string Registry => Uri[..Uri.IndexOf('/')];

    public string Account => Part("account");

    public string Region => Part("region");

    public string Repository => Part("name");

    public string Tag => Part("tag");

    private string Part(string name) => Parts().Match(Uri) is { Success: true } parts
        ? parts.Groups[name].Value
        : throw CliException.Failed($"'{Uri}' is not an image in ECR.");

    [GeneratedRegex(@"^(?<account>\d{12})\.dkr\.ecr\.(?<region>[^.]+)\.amazonaws\.com(\.cn)?/(?<name>.+):(?<tag>[^:/]+)$")]
    private static partial Regex Parts();
}
