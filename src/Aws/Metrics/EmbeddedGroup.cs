namespace Jobs.Aws.Metrics;

/// <summary>Values that have the same dimensions.</summary>
/// <param name="Dimensions">Sets of names of members. Each set is a metric of its own for each value.</param>
internal sealed record EmbeddedGroup(
    IReadOnlyList<IReadOnlyList<string>> Dimensions, IReadOnlyList<EmbeddedValue> Values);
