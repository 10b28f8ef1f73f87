using Jobs.Core;

namespace Jobs.Sdk.Reporting;

/// <summary>
/// The host cannot do its part; the job is not to blame. The message says what is wrong and what to do.
/// </summary>
internal sealed class HostFailedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the process ends with: one of the host's codes.</summary>
    public int ExitCode { get; init; } = WorkerExitCodes.HostFailed;
}
