using System.CommandLine;
using System.CommandLine.Parsing;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Help;

/// <summary>What is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    public static void Print(CliContext cli, ParseResult parsed)
    {
        var path = PathOf(parsed);
        foreach (var error in Errors(parsed, path)) cli.Fault(error);
        cli.Note($"How it is used: {path} --help");
    }

    /// <summary>What is unknown comes first, and alone: what is missing or left over is often for its sake.</summary>
    private static IEnumerable<string> Errors(ParseResult parsed, string path)
    {
        var command = parsed.CommandResult.Command;
        var options = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        if (options.Count > 0) return options.Select(option => Unknown(command, path, option));
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return parsed.UnmatchedTokens.Select(token => Unknown(command, path, token));
        }

        var missing = command.Arguments.Where(
            argument =>
                argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 })
            .ToList();
        return missing.Count > 0
            ? missing.Select(argument => $"{path} needs <{argument.Name}>: {argument.Description}")
            : parsed.Errors.Select(Invalid).Distinct();
    }

    private static string Invalid(ParseError error) => (
        error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) switch
    {
        { Tokens.Count: 0 } option => $"{option.Option.Name} needs a value. {option.Option.Description}",
        { Tokens: [var token, ..] } option when option.Option.ValueType == typeof(int)
            || option.Option.ValueType == typeof(int?) =>
            $"{option.Option.Name} '{token.Value}' is not a whole number. {option.Option.Description}",
        _ => error.Message,
    };

    private static string Unknown(Command command, string path, string token)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? OptionsOf(command) : command.Subcommands.Select(sub => sub.Name);
        var names = known.ToList();
        var kind = isOption ? "option" : names.Count > 0 ? "command" : "argument";
        var meant = Spelling.Suggestion(token, names);
        var there = kind == "command" ? $" There are: {string.Join(", ", names)}." : "";
        return $"{path} has no {kind} '{token}'{meant}{there}";
    }

    private static IEnumerable<string> OptionsOf(Command command) => command.Options
        .Concat(
            command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .SelectMany(option => option.Aliases.Append(option.Name))
        .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string PathOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand
            ? CommandLines.Tool
            : $"{CommandLines.Tool} {parsed.CommandResult.Command.Name}";
}
