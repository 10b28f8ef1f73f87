using Jobs.Cli.Reading;

namespace Jobs.Cli.Shapes;

/// <summary>One task of a run.</summary>
/// <param name="Launch">Number of the launch; counts interruptions too.</param>
/// <param name="Attempt">Number of the attempt; 1 for the first.</param>
/// <param name="Verdict">Null while it runs.</param>
internal sealed record AttemptShape(
    int Launch,
    int Attempt,
    string? TaskArn,
    int? Cpu,
    int? MemoryMiB,
    bool Spot,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    double? BilledSeconds,
    int? ExitCode,
    ErrorShape? Error,
    VerdictShape? Verdict)
{
    public static AttemptShape Of(RunTask task) => new(
        task.Launch,
        task.Attempt,
        task.TaskArn,
        task.Size?.Cpu,
        task.Size?.MemoryMiB,
        task.Spot,
        task.StartedAt,
        task.EndedAt,
        task.Billed?.TotalSeconds,
        task.ExitCode,
        task.Error is { } error ? new ErrorShape(error.Type, error.Message, error.Stack) : null,
        task.Verdict is { } verdict ? VerdictShape.Of(verdict) : null);
}

/// <param name="Type">Full name of the exception's type.</param>
internal sealed record ErrorShape(string Type, string Message, string? Stack);
