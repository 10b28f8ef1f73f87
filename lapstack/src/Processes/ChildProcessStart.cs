namespace Lapstack.Processes;

/// <summary>What to run, and where its output goes.</summary>
public sealed record ChildProcessStart
{
    /// <summary>A path, or a name looked up in the PATH of <see cref="Environment"/>.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment: nothing is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>
    /// Called for each line of standard output and standard error, one after the other; the program waits when this is
    /// slow.
    /// </summary>
    public required Func<string, Task> OnLine { get; init; }

    /// <summary>Above this much memory the process and its children are killed. Null: no limit.</summary>
    public long? MemoryLimitBytes { get; init; }
}
