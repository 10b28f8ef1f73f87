using Jobs.Core.Definitions;
using Jobs.Core.Verdicts;

namespace Jobs;

/// <summary>
/// Which failed attempts are repeated, how often and when. Sugar over <see cref="RetryPolicy"/>, whose defaults it has.
/// </summary>
/// <example><code>
/// [Retry(Attempts = 5, BackoffSeconds = 30, NonRetryableErrors = [typeof(FormatException)])]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RetryAttribute : Attribute
{
    private static readonly RetryPolicy Defaults = new();

    /// <summary>
    /// Attempts in all, 1 to 20, the first included. Interruptions by AWS are not counted. Default 3.
    /// </summary>
    public int Attempts { get; set; } = Defaults.Attempts;

    /// <summary>
    /// Wait before the second attempt in seconds, 0 to 86,400; doubled for each further one, and jittered by up to
    /// half. Up to 30 seconds are waited while the next task starts. Default 15.
    /// </summary>
    public int BackoffSeconds { get; set; } = Defaults.BackoffSeconds;

    /// <summary>Longest wait in seconds, at least <see cref="BackoffSeconds"/>. Default 3,600.</summary>
    public int MaxBackoffSeconds { get; set; } = Defaults.MaxBackoffSeconds;

    /// <summary>
    /// Exceptions after which the run fails at once: exactly these types, not those derived from them. Default none.
    /// </summary>
    public Type[] NonRetryableErrors { get; set; } = [];

    /// <summary>Exit codes of the program's own after which the run fails at once, 0 to 255. Default none.</summary>
    public int[] NonRetryableExitCodes { get; set; } = [];

    /// <summary>
    /// Verdicts after which the run fails at once, such as <see cref="VerdictClass.OutOfMemory"/>. Default none.
    /// </summary>
    public VerdictClass[] NonRetryableClasses { get; set; } = [];

    /// <summary>
    /// Exceptions after which the run is repeated although it would not be, such as <see cref="JobFailedException"/>:
    /// exactly these types, not those derived from them. Default none.
    /// </summary>
    public Type[] RetryableErrors { get; set; } = [];

    /// <summary>
    /// Exit codes of the program's own after which the run is repeated although it would not be, 0 to 255. Default
    /// none.
    /// </summary>
    public int[] RetryableExitCodes { get; set; } = [];

    /// <summary>
    /// Verdicts after which the run is repeated although it would not be, such as <see cref="VerdictClass.TimedOut"/>.
    /// Default none.
    /// </summary>
    public VerdictClass[] RetryableClasses { get; set; } = [];
}
