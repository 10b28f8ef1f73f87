using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <summary>What is known of each run's children: one item for each, under the parent, so that a repetition counts once.</summary>
public interface IChildren
{
    /// <summary>Notes that the child is to be; nothing when it is known already.</summary>
    Task RegisterAsync(RunId parent, ChildRun child, CancellationToken cancellation);

    /// <summary>Notes how the child ended; the first ending stays.</summary>
    /// <returns>Endings noted so far.</returns>
    Task<EndingCount> NoteEndAsync(RunId parent, ChildRun child, CancellationToken cancellation);

    /// <summary>All children, by index. The read is consistent.</summary>
    Task<IReadOnlyList<ChildRun>> ReadAsync(RunId parent, CancellationToken cancellation);
}
