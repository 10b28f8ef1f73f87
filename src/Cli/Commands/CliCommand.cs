using System.CommandLine;

namespace Jobs.Cli.Commands;

/// <summary>A command with the examples that its help ends with.</summary>
internal sealed class CliCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
