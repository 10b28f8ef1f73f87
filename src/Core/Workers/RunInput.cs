namespace Jobs.Core.Workers;

/// <summary>What a worker is to work on.</summary>
/// <param name="Json">The run's input.</param>
public sealed record RunInput(string Json)
{
    /// <summary>What the run is called by now, without what this attempt adds: <c>team=billing</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
