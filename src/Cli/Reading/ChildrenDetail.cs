using Jobs.Core.Children;

namespace Jobs.Cli.Reading;

/// <summary>How far the children of a run are.</summary>
/// <param name="Count">All of them, those to come included.</param>
/// <param name="Begun">Items that an array has begun; of a job's own children, all.</param>
/// <param name="Failed">Of those that ended, how many did not succeed.</param>
/// <param name="Failures">The first of these of which more is known.</param>
internal sealed record ChildrenDetail(int Count, int Begun, int Ended, int Failed, IReadOnlyList<ChildRun> Failures);
