using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Commands;

/// <summary>The caller's own key of a submission, by which repeating it is harmless.</summary>
internal static class SubmissionId
{
    private const int MaxLength = 128;

    public static Option<string?> Option() => new("--id")
    {
        Description = "Your own key for it, 1 to 128 characters: sent twice with one key it runs once. Default: a " +
            "new one each time.",
        HelpName = "key",
    };

    public static Option<bool> Follow() =>
        new("--follow", "-f")
        {
            Description = "Stays with the run: its log, its progress, its end. Ends with 1 when it did not succeed.",
        };

    /// <exception cref="CliException">It is empty or too long.</exception>
    public static string Read(string? given, CliContext cli) => given is null ? cli.NewId() : Check(given);

    /// <exception cref="CliException">It is empty or too long.</exception>
    public static string Check(string given) => given.Length is >= 1 and <= MaxLength
        ? given
        : throw CliException.Usage(
            $"--id has {given.Length} characters, but it must have 1 to {MaxLength}. Leave it out for a new one.");
}
