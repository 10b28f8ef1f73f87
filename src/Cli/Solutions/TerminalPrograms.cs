using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Solutions;

/// <summary>Programs on the PATH, with this process's terminal.</summary>
internal sealed class TerminalPrograms : IPrograms
{
    public async Task<int> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        CancellationToken cancellation,
        string? input = null)
    {
        // A terminal sends it to both processes. This one stays until the other has ended.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(NameOf(program), arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = input is not null,
                // As the CDK CLI has it: an image is one manifest, which ECR scans, and no index with attestations.
                Environment = { ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" },
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw CliException.NotReady($"{program} cannot be started: {e.Message}. Install it and put it on PATH.");
        }

        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        await using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    /// <summary>On Windows npm's programs are batch files, which are not started without their ending.</summary>
    private static string NameOf(string program) =>
        OperatingSystem.IsWindows() && program == CdkCli.Program ? program + ".cmd" : program;
}
