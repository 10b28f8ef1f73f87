using System.ComponentModel;
using System.Diagnostics;
using Jobs.Local.Ground;

namespace Jobs.Local.Synthesis;

/// <summary>Runs a program to its end and keeps what it printed, to show only if it failed.</summary>
internal static class Tool
{
    /// <exception cref="LocalException">The program is missing, or ended with an exit code other than 0.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Describe(program, arguments, folder, environment) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new LocalException($"'{program}' cannot be started: {e.Message}. Install it and put it on PATH.", e);
        }

        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        var printed = await output + await errors;
        return process.ExitCode == 0
            ? printed
            : throw new LocalException(
                $"{program} {string.Join(' ', process.StartInfo.ArgumentList)} ended with exit code " +
                $"{process.ExitCode}:\n{printed.Trim()}");
    }

    private static ProcessStartInfo Describe(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // `dotnet run` tells its child where its own MSBuild is; a build of another kind must find its own.
        foreach (var name in info.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToList())
        {
            info.Environment.Remove(name);
        }

        foreach (var (name, value) in environment) info.Environment[name] = value;
        return info;
    }
}
