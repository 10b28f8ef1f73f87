using System.CommandLine;
using Jobs.Core;

namespace Jobs.Cli;

/// <summary>What is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    public static void Print(CliContext cli, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = PathOf(parsed);
        foreach (var unknown in parsed.UnmatchedTokens) cli.Fault(Unknown(command, path, unknown));
        if (parsed.UnmatchedTokens.Count == 0)
        {
            var missing = command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 }).ToList();
            var errors = missing.Count > 0
                ? missing.Select(argument => $"{path} needs <{argument.Name}>: {argument.Description}")
                : parsed.Errors.Select(error => error.Message).Distinct();
            foreach (var error in errors) cli.Fault(error);
        }

        cli.Note($"How it is used: {path} --help");
    }

    private static string Unknown(Command command, string path, string token)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? OptionsOf(command) : command.Subcommands.Select(sub => sub.Name);
        var names = known.ToList();
        var kind = isOption ? "option" : names.Count > 0 ? "command" : "argument";
        var meant = Spelling.Nearest(token, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
        var there = kind == "command" ? $" There are: {string.Join(", ", names)}." : "";
        return $"{path} has no {kind} '{token}'{meant}{there}";
    }

    private static IEnumerable<string> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .SelectMany(option => option.Aliases.Append(option.Name))
        .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string PathOf(ParseResult parsed) =>
        string.Join(' ', new[] { "jobs" }.Concat(parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name]));
}
