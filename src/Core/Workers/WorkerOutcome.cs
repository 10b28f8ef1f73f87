namespace Jobs.Core.Workers;

/// <summary>How the job ended, as its host saw it: a result or an error, and the last lines it logged.</summary>
/// <param name="ExitCode">
/// The code with which the process is about to end, one of <see cref="WorkerExitCodes"/> or the program's own. By the
/// time that ECS is asked, it may have forgotten it.
/// </param>
public sealed record WorkerOutcome(int ExitCode)
{
    /// <summary>The result as JSON, up to 32 KB; null with an error or with <see cref="ResultKey"/>.</summary>
    public string? ResultJson { get; init; }

    /// <summary>Key in the runner's bucket of a result above 32 KB.</summary>
    public string? ResultKey { get; init; }

    public WorkerError? Error { get; init; }

    /// <summary>Children in all that the run awaits; null when it does not.</summary>
    public int? Children { get; init; }

    /// <summary>Labels that the job added, each as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyList<string> LogTail { get; init; } = [];

    public bool HasResult => ResultJson is not null || ResultKey is not null;
}
