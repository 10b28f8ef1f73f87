using System.Diagnostics;
using System.Reflection;

namespace Jobs.Tests.Packages;

/// <summary>The <c>dotnet</c> command, and where this repository is.</summary>
internal static class Dotnet
{
    public static string Repository { get; } = typeof(Dotnet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(it => it.Key == "Repository").Value!;

    /// <summary>What it printed; a test fails when it did not end well.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(Prepare(folder, arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }

    /// <summary>The command in a folder, as it is typed there: what it prints is read.</summary>
    public static ProcessStartInfo Prepare(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        // Tests are run by MSBuild, which tells its children where it is; another solution has its own.
        foreach (var name in start.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }
}
