using Jobs.Cli.Ground;
using Jobs.Core;

namespace Jobs.Cli.Ports;

/// <summary>Where a stack is, and what it puts out.</summary>
/// <param name="Region">AWS Region, such as eu-central-1.</param>
/// <param name="Endpoint">URL of a laptop's stack; null on AWS.</param>
/// <param name="Outputs">The stack's outputs by name.</param>
internal sealed record StackPlace(
    string Name, string Region, string? Endpoint, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>For people: <c>jobs in eu-central-1</c>.</summary>
    public string Title => Endpoint is null ? $"{Name} in {Region}" : $"{Name} at {Endpoint}";

    /// <summary>What to type about it.</summary>
    public CommandLines Lines { get; } = new(Name);

    /// <exception cref="CliException">The stack does not put it out.</exception>
    public string Output(string name) => Outputs.TryGetValue(name, out var value)
        ? value
        : throw CliException.NotReady(
            $"Stack {Name} has no output '{name}'. It was deployed by an older version: deploy it again (cdk " +
            "deploy), or start the laptop's stack again.");
}
