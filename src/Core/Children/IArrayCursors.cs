using Jobs.Core.Ids;

namespace Jobs.Core.Children;

/// <summary>
/// How far each array is: an item beside its run, which is gone when the run is. Only the process that claimed a
/// child's index here begins it.
/// </summary>
public interface IArrayCursors
{
    /// <param name="isExact">Whether the read is consistent; else it may be of a moment ago.</param>
    /// <returns>Null before the array's first look, and of a run that is no array.</returns>
    Task<ArrayCursor?> ReadAsync(RunId array, bool isExact, CancellationToken cancellation);

    /// <summary>Claims the next children.</summary>
    /// <param name="count">Children of the array.</param>
    /// <returns>
    /// Index of the first; null when the epoch is over, fewer are left, or the claim was made before and its answer
    /// lost: then a look tells what is what.
    /// </returns>
    Task<int?> ClaimAsync(RunId array, ArrayClaim claim, int count, CancellationToken cancellation);

    /// <summary>Claims all that are left, whether there are free places for them or not.</summary>
    /// <param name="count">Children of the array.</param>
    /// <returns>Index of the first; null when none is left.</returns>
    Task<int?> ClaimRestAsync(RunId array, int count, CancellationToken cancellation);

    /// <summary>Begins an epoch.</summary>
    /// <param name="before">As it was read, or <see cref="ArrayCursor.None"/>.</param>
    /// <param name="after">With the next epoch, and as many begun.</param>
    /// <returns>False when another process has claimed, or begun an epoch, since it was read.</returns>
    Task<bool> ReplaceAsync(RunId array, ArrayCursor before, ArrayCursor after, CancellationToken cancellation);

    /// <summary>Where the line of a child begins, in bytes; null when it is not noted.</summary>
    Task<long?> OffsetAsync(RunId array, int index, CancellationToken cancellation);

    /// <summary>Notes where the line of a child begins.</summary>
    Task NoteOffsetAsync(RunId array, int index, long offset, CancellationToken cancellation);
}
