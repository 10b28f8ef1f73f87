using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Jobs.Cli;
using Jobs.Cli.Commands;
using Jobs.Cli.Output;
using Jobs.Tests.Unit.House;

namespace Jobs.Tests.Unit.Cli;

/// <summary>What the documents say of the command line is so.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Operations = Read("docs/operations.md");

    [Fact]
    public void Table_of_commands_has_every_command() =>
        Assert.Equal(Root.CommandNames, CommandRow().Matches(Operations).Select(match => match.Groups[1].Value));

    [Fact]
    public void Table_of_exit_codes_has_every_code()
    {
        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), CodeRow().Matches(Operations).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    public static TheoryData<string> Lines() =>
    [
        .. new[] { "README.md", "docs/operations.md" }.SelectMany(file => Line().Matches(Read(file)).Select(match => match.Value))
            .Concat(Root.Create(Nowhere()).Subcommands.OfType<CliCommand>().SelectMany(command => command.Examples).Where(example => example.StartsWith("jobs ", StringComparison.Ordinal)))
            .Select(Plain).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_that_people_are_told_to_type_is_understood(string line)
    {
        var parsed = Root.Create(Nowhere()).Parse(line["jobs ".Length..], Root.Parsing);

        Assert.Empty(parsed.Errors.Select(error => $"{line}: {error.Message}"));
    }

    /// <summary>Without what belongs to the shell: comment, pipe, quotes around JSON.</summary>
    private static string Plain(string line) => Shell().Replace(line, "").Replace("'{\"prefix\": \"incoming/\"}'", "{}", StringComparison.Ordinal).TrimEnd();

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file)).ReplaceLineEndings("\n");

    private static CliContext Nowhere() => new()
    {
        Data = new Screen(TextWriter.Null, null, false, () => throw new InvalidOperationException("Nothing is written.")),
        Notes = new Screen(TextWriter.Null, null, false, () => throw new InvalidOperationException("Nothing is written.")),
        Clock = new ManualClock(),
        Zone = TimeZoneInfo.Utc,
        NewId = () => "id",
        Connect = (_, _, _) => throw new InvalidOperationException("Nobody connects."),
        Surroundings = () => throw new InvalidOperationException("Nobody looks."),
        Account = () => throw new InvalidOperationException("Nobody looks."),
    };

    [GeneratedRegex(@"(?m)^\| `jobs ([a-z-]+)")]
    private static partial Regex CommandRow();

    [GeneratedRegex(@"(?m)^\| ([0-9]+) \| ")]
    private static partial Regex CodeRow();

    [GeneratedRegex("(?m)^jobs .*$")]
    private static partial Regex Line();

    [GeneratedRegex(@" +(# |\| ).*$")]
    private static partial Regex Shell();
}
