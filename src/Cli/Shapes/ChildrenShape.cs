using Jobs.Cli.Reading;
using Jobs.Core.Children;

namespace Jobs.Cli.Shapes;

/// <summary>How far the children of a run are.</summary>
/// <param name="Count">All of them, those to come included.</param>
/// <param name="Begun">Items that an array has begun; of a job's own children, all.</param>
/// <param name="Failed">Of those that ended, how many did not succeed.</param>
/// <param name="Failures">The first of these of which more is known.</param>
internal sealed record ChildrenShape(
    int Count, int Begun, int Ended, int Failed, IReadOnlyList<ChildFailureShape> Failures)
{
    public static ChildrenShape Of(ChildrenDetail children) => new(
        children.Count,
        children.Begun,
        children.Ended,
        children.Failed,
        [.. children.Failures.Select(ChildFailureShape.Of)]);
}

/// <summary>A child that did not succeed.</summary>
/// <param name="Index">From 0; of an array the line's number is one above.</param>
internal sealed record ChildFailureShape(int Index, string Run, string State, string? Error)
{
    public static ChildFailureShape Of(ChildRun child) =>
        new(child.Index, child.Run.ToString(), child.State!.Value.ToString(), child.Error);
}
