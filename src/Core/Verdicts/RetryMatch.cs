using Jobs.Core.Workers;

namespace Jobs;

/// <summary>Ends of an attempt that a retry rule speaks of: any one that matches is enough.</summary>
public sealed record RetryMatch
{
    /// <summary>Classes of the verdict, of those in <see cref="Core.Verdicts.RetryRules.Decidable"/>.</summary>
    public IReadOnlyList<VerdictClass> Classes { get; init; } = [];

    /// <summary>Exit codes of the worker's container, 0 to 255.</summary>
    public IReadOnlyList<int> ExitCodes { get; init; } = [];

    /// <summary>
    /// Types of the exception that the job threw, by full name (<c>System.FormatException</c>) or by simple name
    /// (<c>FormatException</c>). Exactly the type, not those derived from it.
    /// </summary>
    public IReadOnlyList<string> ErrorTypes { get; init; } = [];

    /// <summary>Whether the error's type is one of <see cref="ErrorTypes"/>.</summary>
    public bool Names(WorkerError? error) =>
        error is not null && ErrorTypes.Any(name => name == error.Type || name == SimpleName(error.Type));

    /// <param name="exitCode">The worker's; null when it says nothing about the job.</param>
    /// <param name="error">What the job threw; null when it says nothing about the end.</param>
    public bool Matches(VerdictClass verdict, int? exitCode, WorkerError? error) =>
        Classes.Contains(verdict) || (exitCode is { } code && ExitCodes.Contains(code)) || Names(error);

    public bool Equals(RetryMatch? other) =>
        other is not null
            && Classes.SequenceEqual(other.Classes)
            && ExitCodes.SequenceEqual(other.ExitCodes)
            && ErrorTypes.SequenceEqual(other.ErrorTypes);

    public override int GetHashCode() => HashCode.Combine(Classes.Count, ExitCodes.Count, ErrorTypes.Count);

    // A nested type's name comes after a plus.
    private static string SimpleName(string type) => type[(type.LastIndexOfAny(['.', '+']) + 1)..];
}
