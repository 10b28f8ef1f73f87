using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Jobs.Core;
using Jobs.Local.Ground;

namespace Jobs.Local.Commands;

/// <summary>Help by the name that people type: the library takes the assembly's.</summary>
internal sealed class ToolHelp(HelpAction help) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ToolHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        var name = parseResult.RootCommandResult.Command.Name;
        output.Write(text.ToString().Replace(name, CommandLines.Tool, StringComparison.Ordinal));
        return ExitCodes.Done;
    }
}
