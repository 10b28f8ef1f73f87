using Jobs.Cli.Ground;

namespace Jobs.Cli.Ports;

/// <summary>Programs of this machine, which have this terminal.</summary>
internal interface IPrograms
{
    /// <summary>
    /// Runs a program to its exit code. It gets the signals that a terminal sends to this process too.
    /// </summary>
    /// <param name="program">Its name on the PATH; of npm's, without the ending that Windows wants.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="input">What it reads on stdin; null for this terminal's.</param>
    /// <exception cref="CliException">It is not on the PATH.</exception>
    Task<int> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        CancellationToken cancellation,
        string? input = null);
}
