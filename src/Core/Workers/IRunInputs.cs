using Jobs.Core.Ids;

namespace Jobs.Core.Workers;

/// <summary>The worker's read of what it is to work on.</summary>
public interface IRunInputs
{
    /// <summary>The run's input; null when there is no such run.</summary>
    Task<RunInput?> ReadAsync(RunId run, CancellationToken cancellation);
}
