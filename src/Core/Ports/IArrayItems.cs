namespace Jobs.Core.Ports;

/// <summary>The items of array runs: objects of the runner's bucket with a JSON value a line.</summary>
public interface IArrayItems
{
    /// <summary>Reads lines from an offset on, fewer than asked for only where the object ends; empty ones are left out. None when the object is gone.</summary>
    /// <param name="offset">In bytes, where a line begins.</param>
    /// <param name="limit">Lines at most.</param>
    Task<IReadOnlyList<ArrayLine>> ReadAsync(string key, long offset, int limit, CancellationToken cancellation);
}
