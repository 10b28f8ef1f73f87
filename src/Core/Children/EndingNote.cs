namespace Jobs.Core.Children;

/// <summary>What came of noting a child's end.</summary>
/// <param name="IsNew">
/// It had not been noted before. Of all who note the end of one child, one at most is told so.
/// </param>
/// <param name="Block">The child's block, with this ending.</param>
public readonly record struct EndingNote(bool IsNew, ChildBlock Block);
