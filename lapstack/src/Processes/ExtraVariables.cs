namespace Lapstack.Processes;

/// <summary>Variables that every function and every container gets, in the place of its own.</summary>
internal sealed record ExtraVariables(IReadOnlyDictionary<string, string> All)
{
    public static ExtraVariables None { get; } = new(new Dictionary<string, string>());

    public void AddTo(Dictionary<string, string> variables)
    {
        foreach (var (name, value) in All) variables[name] = value;
    }
}
