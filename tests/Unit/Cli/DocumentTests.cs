using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Jobs.Cli;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Tests.Unit.House;

namespace Jobs.Tests.Unit.Cli;

/// <summary>What the documents say of the command line is so.</summary>
public sealed partial class DocumentTests
{
    private static readonly Paper Reference = Paper.Read("docs/reference/cli.md");

    private static readonly Command Root = Jobs.Cli.Root.Create(Nowhere());

    [Fact]
    public void Table_of_commands_has_every_command() =>
        Assert.Equal(
            Jobs.Cli.Root.CommandNames,
            CommandRow().Matches(Reference.Text).Select(match => match.Groups[1].Value));

    [Fact]
    public void Table_of_exit_codes_has_every_code()
    {
        var codes = typeof(ExitCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(
            codes.Order(),
            CodeRow().Matches(Reference.Text)
                .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    public static TheoryData<string> Commands() => [.. Jobs.Cli.Root.CommandNames];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Reference_of_a_command_is_its_help(string name)
    {
        var command = Root.Subcommands.Single(command => command.Name == name);
        var section = Reference.Section($"### dotnet jobs {name}");

        Assert.StartsWith($"\n{command.Description}\n", Unwrapped(section), StringComparison.Ordinal);
        Assert.All(
            command.Options.Where(option => option is not HelpOption),
            option => Assert.StartsWith(
                $"| `{option.Name}", RowOf(section, option.Description!), StringComparison.Ordinal));
        Assert.All(
            command.Arguments,
            argument => Assert.StartsWith("| `<", RowOf(section, argument.Description!), StringComparison.Ordinal));
    }

    public static TheoryData<string> Lines() =>
    [
        .. Paper.All.SelectMany(paper => paper.Code(""))
            .SelectMany(code => Line().Matches(code)).Select(match => match.Value)
            .Concat(Root.Subcommands.OfType<CliCommand>().SelectMany(command => command.Examples)
                .Where(example => example.StartsWith("dotnet jobs ", StringComparison.Ordinal)))
            .Select(Plain).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_that_people_are_told_to_type_is_understood(string line)
    {
        var parsed = Root.Parse(line["dotnet jobs ".Length..], Jobs.Cli.Root.Parsing);

        Assert.Empty(parsed.Errors.Select(error => $"{line}: {error.Message}"));
    }

    /// <summary>The row of a table that ends with the text, in whose cells a bar is escaped.</summary>
    private static string RowOf(string section, string text)
    {
        var cell = text.Replace("|", "\\|", StringComparison.Ordinal);
        return section.Split('\n').Single(row => row.EndsWith($" | {cell} |", StringComparison.Ordinal));
    }

    /// <summary>Each paragraph on one line.</summary>
    private static string Unwrapped(string text) => Within().Replace(text, " ");

    /// <summary>Without what belongs to the shell: comment, pipe, quotes around JSON.</summary>
    private static string Plain(string line) => Shell().Replace(line, "")
        .Replace("'{\"bucket\": \"BUCKET\", \"key\": \"incoming/a.csv\"}'", "{}", StringComparison.Ordinal)
        .Replace("'no header'", "header", StringComparison.Ordinal).TrimEnd();

    internal static CliContext Nowhere() => new()
    {
        Data = new Screen(TextWriter.Null, null, false),
        Notes = new Screen(TextWriter.Null, null, false),
        Clock = new ManualClock(),
        Zone = TimeZoneInfo.Utc,
        NewId = () => "id",
        Connect = (_, _, _) => throw new InvalidOperationException("There is no stack."),
        Surroundings = () => throw new InvalidOperationException("There is nothing to look at."),
        Account = () => throw new InvalidOperationException("There is nothing to look at."),
        Registry = () => throw new InvalidOperationException("There is nothing to push."),
        Probe = _ => throw new InvalidOperationException("There is no stack."),
        RunLaptop = _ => throw new InvalidOperationException("There is no laptop."),
        Programs = new FakePrograms(),
    };

    [GeneratedRegex(@"(?m)^\| `dotnet jobs ([a-z-]+)")]
    private static partial Regex CommandRow();

    [GeneratedRegex(@"(?m)^\| ([0-9]+) \| ")]
    private static partial Regex CodeRow();

    [GeneratedRegex("(?m)^dotnet jobs .*$")]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<=[^\n])\n(?=[^\n|])")]
    private static partial Regex Within();

    [GeneratedRegex(@" +(# |\| ).*$")]
    private static partial Regex Shell();
}
