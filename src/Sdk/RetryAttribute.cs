using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>How often a failed attempt is repeated, and how long after. Sugar over <see cref="RetryPolicy"/>, whose defaults it has.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RetryAttribute : Attribute
{
    private static readonly RetryPolicy Defaults = new();

    /// <summary>Attempts in all, 1 to 20, the first included. Interruptions by AWS are not counted. Default 3.</summary>
    public int Attempts { get; set; } = Defaults.Attempts;

    /// <summary>Wait before the second attempt in seconds, 0 to 86,400; doubled for each further one. Default 30.</summary>
    public int BackoffSeconds { get; set; } = Defaults.BackoffSeconds;

    /// <summary>Longest wait in seconds, at least <see cref="BackoffSeconds"/>. Default 3,600.</summary>
    public int MaxBackoffSeconds { get; set; } = Defaults.MaxBackoffSeconds;
}
