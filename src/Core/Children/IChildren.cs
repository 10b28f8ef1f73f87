using Jobs.Core.Ids;

namespace Jobs.Core.Children;

/// <summary>
/// What is known of each run's children, under the parent: an item for each that a command asked for or that did not
/// succeed, and one for each
/// <see cref="ChildBlock"/>. What is noted of a child stays, so that a repetition counts once.
/// </summary>
public interface IChildren
{
    /// <summary>Notes that the child is to be, and with what input.</summary>
    /// <returns>The child as it was noted first.</returns>
    Task<ChildRun> RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation);

    /// <summary>Notes how the child ended; the first ending stays.</summary>
    Task<EndingNote> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation);

    /// <summary>
    /// Notes of many at once that they ended as failed, without saying why. Only for those that no other process can
    /// be beginning.
    /// </summary>
    Task NoteFailedAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation);

    /// <summary>Notes of many at once that their runs exist.</summary>
    Task NoteBegunAsync(RunId parent, IReadOnlyCollection<int> indexes, CancellationToken cancellation);

    /// <summary>How far all of them are. The read is consistent.</summary>
    Task<ChildBlocks> BlocksAsync(RunId parent, CancellationToken cancellation);

    /// <summary>
    /// The children that have items of their own, by index; <see cref="ChildRun.State"/> is only what such an item
    /// says: null of one that succeeded.
    /// The read is consistent.
    /// </summary>
    /// <param name="from">Index of the first.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, int from, int limit, CancellationToken cancellation);
}
