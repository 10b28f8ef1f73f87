namespace Jobs.Core.Children;

/// <summary>The items of array runs: objects of the runner's bucket with a JSON value a line.</summary>
public interface IArrayItems
{
    /// <summary>
    /// Reads lines from an offset on, fewer than asked for only where the object ends; empty ones do not count.
    /// </summary>
    /// <param name="offset">In bytes, where a line begins.</param>
    /// <param name="skip">Lines to leave out first.</param>
    /// <param name="limit">Lines at most.</param>
    /// <returns>Null when the object is gone, or may not be read. What passes by itself is thrown.</returns>
    Task<IReadOnlyList<ArrayLine>?> ReadAsync(string key, long offset, int skip, int limit,
        CancellationToken cancellation);
}
