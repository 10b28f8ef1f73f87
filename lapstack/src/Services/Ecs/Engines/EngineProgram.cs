using System.Collections;
using Lapstack.Processes;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>The command line of Podman or Docker, which both spell alike what is asked of them here.</summary>
/// <param name="name">A program, such as <c>podman</c>, with the emulator's own environment.</param>
internal sealed class EngineProgram(string name, ProcessLedger ledger, TimeProvider clock)
{
    /// <summary>Longer than any image takes to be pulled or built that a person would wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The emulator's environment, with which the engine finds its settings.</summary>
    public static Dictionary<string, string> HostVariables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => $"{entry.Value}", StringComparer.Ordinal);

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="ContainerStartException">There is no such program.</exception>
    public async Task<EngineAnswer> RunAsync(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? variables = null,
        TimeSpan? time = null)
    {
        var lines = new List<string>();
        var process = Start(arguments, Keep, variables);
        var exit = await process.EndWithinAsync(time ?? Longest);
        return new EngineAnswer(exit?.Code, lines);

        Task Keep(string line)
        {
            lines.Add(line);
            return Task.CompletedTask;
        }
    }

    /// <exception cref="ContainerStartException">There is no such program.</exception>
    public ChildProcess Start(
        IReadOnlyList<string> arguments,
        Func<string, Task> onLine,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        try
        {
            return ChildProcess.Start(
                new ChildProcessStart
                {
                    FileName = name,
                    Arguments = arguments,
                    WorkingDirectory = Environment.CurrentDirectory,
                    Environment = variables ?? HostVariables(),
                    OnLine = onLine,
                },
                ledger,
                clock);
        }
        catch (ProgramNotFoundException)
        {
            throw new ContainerStartException(
                $"CannotStartContainerError: there is no {name} on the PATH. Install it, or start without " +
                "--containers.");
        }
    }
}
