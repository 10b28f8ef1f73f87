using Lapstack.Processes;

namespace Lapstack;

/// <summary>The container engines that can run tasks.</summary>
public static class ContainerEngines
{
    /// <summary>Their programs, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> Known { get; } = ["podman", "docker"];

    /// <summary>The first of these programs that is on the PATH; null when none is.</summary>
    public static string? FindFirst(IEnumerable<string> programs) => programs.FirstOrDefault(program =>
        Executable.Find(
            program, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH") ?? "") is not null);
}
