using System.ComponentModel;
using System.Diagnostics;
using Jobs.Apps;
using Jobs.Local.Ground;

namespace Jobs.Local.Synthesis;

/// <summary>Runs a program to its end and keeps what it printed, to show only if it failed.</summary>
internal static class Tool
{
    /// <exception cref="AppException">The program is missing, or ended with an exit code other than 0.</exception>
    public static Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments);
        return RunAsync(
            start, $"{program} {string.Join(' ', start.ArgumentList)}", folder, environment, cancellation);
    }

    /// <summary>Runs a command line through the shell of the system, as the CDK CLI does.</summary>
    /// <exception cref="AppException">It ended with an exit code other than 0.</exception>
    public static Task<string> ShellAsync(
        string command, string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", $"/d /s /c \"{command}\"")
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        return RunAsync(start, $"`{command}` in {folder}", folder, environment, cancellation);
    }

    private static async Task<string> RunAsync(
        ProcessStartInfo start, string name, string folder, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation)
    {
        Describe(start, folder, environment);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new AppException(
                $"'{start.FileName}' cannot be started: {e.Message}. Install it and put it on PATH.", e);
        }

        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        var printed = await output + await errors;
        return process.ExitCode == 0
            ? printed
            : throw new AppException(
                $"{name} ended with exit code {process.ExitCode}:\n{FailureText.Of(printed)}");
    }

    private static void Describe(
        ProcessStartInfo start, string folder, IReadOnlyDictionary<string, string> environment)
    {
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        // `dotnet run` tells its child where its own MSBuild is; a build of another kind must find its own.
        foreach (var name in start.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment) start.Environment[name] = value;
    }
}
