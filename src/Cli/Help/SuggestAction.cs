using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Jobs.Cli.Ground;

namespace Jobs.Cli.Help;

/// <summary>
/// What may come next on a command line, a word a line, for <c>[suggest:POSITION] "LINE"</c>. The library would offer
/// every option and alias with every value; this offers options, by their long names, where one has been begun.
/// </summary>
internal sealed class SuggestAction(SuggestDirective directive) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var line = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        var given = parseResult.GetResult(directive)?.Values is [var text, ..] ? text : "";
        var position = int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            && asked <= line.Length
            ? asked
            : line.Length;
        var word = line[(line.LastIndexOf(' ', Math.Max(0, position - 1)) + 1)..position];
        foreach (var name in parseResult.RootCommandResult.Command.Parse(line)
            .GetCompletions(position)
            .Select(completion => completion.Label)
            .Distinct())
        {
            if (word.StartsWith('-')
                ? name.StartsWith("--", StringComparison.Ordinal)
                : char.IsAsciiLetterOrDigit(name[0]))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(name);
            }
        }

        return ExitCodes.Done;
    }
}
