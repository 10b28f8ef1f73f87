namespace Lapstack.Processes;

/// <summary>Variables that every function and every container gets besides its own.</summary>
internal sealed record ExtraVariables(IReadOnlyDictionary<string, string> All)
{
    public static ExtraVariables None { get; } = new(new Dictionary<string, string>());

    /// <summary>What is there already stays.</summary>
    public void AddTo(Dictionary<string, string> variables)
    {
        foreach (var (name, value) in All) variables.TryAdd(name, value);
    }
}
