using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Core;

namespace Jobs.Cli.Help;

/// <summary>Help that ends with what one types.</summary>
/// <param name="rootHelp">What the help of the whole ends with.</param>
internal sealed class HelpWithExamples(HelpAction help, string rootHelp) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is RootCommand root) Shorten(root);
        PrintHelp(parseResult, output);
        var command = parseResult.CommandResult.Command;
        if (command is RootCommand) output.WriteLine(rootHelp);
        if (command is not CliCommand { Examples.Count: > 0 } known) return ExitCodes.Done;
        output.WriteLine("Examples:");
        foreach (var example in known.Examples) output.WriteLine($"  {example}");
        output.WriteLine();
        return ExitCodes.Done;
    }

    /// <summary>Of all commands together, the first sentence of each will do.</summary>
    private static void Shorten(RootCommand root)
    {
        foreach (var command in root.Subcommands)
        {
            command.Description = command.Description?.Split(". ")[0].TrimEnd('.').Split(": ")[0];
        }
    }

    /// <summary>By the name that people type: the library takes the assembly's.</summary>
    private void PrintHelp(ParseResult parseResult, TextWriter output)
    {
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        var name = parseResult.RootCommandResult.Command.Name;
        output.Write(text.ToString().Replace(name, CommandLines.Tool, StringComparison.Ordinal));
    }
}
