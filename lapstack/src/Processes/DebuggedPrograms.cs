namespace Lapstack.Processes;

/// <summary>Programs that are started to be debugged.</summary>
/// <param name="Names">Parts of function names, and names of task families or what they end with behind a <c>_</c>.
/// </param>
/// <param name="Variables">What such a program gets besides its own variables.</param>
public sealed record DebuggedPrograms(
    IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Variables)
{
    public static DebuggedPrograms None { get; } = new([], new Dictionary<string, string>());

    /// <summary>A function that is debugged has no time limit.</summary>
    public bool HasFunction(string name) =>
        Names.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    public bool HasTask(string family) => Names.Any(
        name => family == name || family.EndsWith($"_{name}", StringComparison.Ordinal));

    internal void AddTo(Dictionary<string, string> variables)
    {
        variables["DOTNET_EnableDiagnostics"] = "1";
        foreach (var (name, value) in Variables) variables[name] = value;
    }
}
