using Jobs.Apps;
using Jobs.Local.Ground;

namespace Jobs.Local.Synthesis;

/// <summary>CDK and dynalite run on Node.js.</summary>
internal static class NodeJs
{
    /// <summary>The program, looked up on PATH.</summary>
    public const string Program = "node";

    private const int Oldest = 20;

    /// <exception cref="AppException">Node.js is missing or too old.</exception>
    public static async Task RequireAsync(string program, string folder, CancellationToken cancellation)
    {
        var version = await VersionAsync(program, folder, cancellation);
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out var major) || major < Oldest)
        {
            throw new AppException(
                $"Node.js {Oldest} or newer is needed for CDK and dynalite; this is {version.Trim()}. Install it " +
                "from nodejs.org and try again.");
        }
    }

    private static async Task<string> VersionAsync(string program, string folder, CancellationToken cancellation)
    {
        try
        {
            return await Tool.RunAsync(program, ["--version"], folder, new Dictionary<string, string>(), cancellation);
        }
        catch (AppException e) when (e.InnerException is System.ComponentModel.Win32Exception)
        {
            throw new AppException(
                $"Node.js is not on PATH. CDK and dynalite need version {Oldest} or newer: install it from " +
                "nodejs.org and try again.",
                e);
        }
    }
}
