using System.Diagnostics;
using System.Runtime.InteropServices;
using Jobs.Cli.Ground;

namespace Jobs.Cli.Laptop;

/// <summary>
/// The laptop's program, which lies in a folder beside the tool and runs as a process of its own: so the tool is as
/// small as without it. It has this process's terminal, and gets the signals that end this process.
/// </summary>
internal sealed class LaptopProgram : IDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private bool _isRunning;
    private bool _isToEnd;

    private LaptopProgram()
    {
    }

    /// <summary>Where the tool's package has it.</summary>
    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "laptop", "Jobs.Local.dll");

    /// <returns>Its exit code.</returns>
    /// <exception cref="CliException">It is not there, as in a build that is not the package.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (!File.Exists(Assembly))
        {
            throw CliException.NotReady(
                $"This build of the tool is without the laptop ({Assembly} is missing). In a checkout of jobs: " +
                $"dotnet run --project src/Local -- {string.Join(' ', arguments)}");
        }

        using var program = new LaptopProgram();
        return await program.RunAsync(new ProcessStartInfo(Dotnet(), ["exec", Assembly, .. arguments]));
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _process.Dispose();
    }

    private async Task<int> RunAsync(ProcessStartInfo start)
    {
        // A terminal sends these to both processes. This one stays until the other has ended.
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            End();
        }));
        _process.StartInfo = start;
        lock (_gate) _isRunning = _process.Start();
        if (_isToEnd) End();
        await _process.WaitForExitAsync();
        lock (_gate) _isRunning = false;
        return _process.ExitCode;
    }

    /// <summary>Asks it to end; one that has not begun yet is asked as soon as it has.</summary>
    private void End()
    {
        lock (_gate)
        {
            _isToEnd = true;
            if (_isRunning && !OperatingSystem.IsWindows()) _ = SendSignal(_process.Id, SigTerm);
        }
    }

    /// <summary>The one that runs this tool, where the SDK has said which.</summary>
    private static string Dotnet() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>
    /// kill(2), because .NET 10 has no way to send SIGTERM. On Windows there is no SIGTERM, and Ctrl+C and the end of
    /// the console reach both processes.
    /// </summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
