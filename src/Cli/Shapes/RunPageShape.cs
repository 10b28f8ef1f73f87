namespace Jobs.Cli.Shapes;

/// <param name="Runs">Newest first.</param>
/// <param name="NextPage">For --page; null when there is no more.</param>
/// <param name="Unreadable">Runs that are there and cannot be read.</param>
internal sealed record RunPageShape(
    IReadOnlyList<RunShape> Runs, string? NextPage, IReadOnlyList<UnreadableShape> Unreadable);
