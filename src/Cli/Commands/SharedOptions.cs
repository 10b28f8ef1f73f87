using System.CommandLine;

namespace Jobs.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    /// <summary>Every command has it.</summary>
    public static Option<string?> Stack { get; } = new("--stack")
    {
        Description = "Name of the stack. Default: JOBS_STACK, else the one called jobs, else the only one there is.",
        HelpName = "name",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "For scripts: JSON on stdout, of the shape docs/reference/json.md gives.",
    };

    public static Option<string?> Job { get; } = new("--job", "-j")
    {
        Description = "Only of this job.",
        HelpName = "name",
    };

    public static Option<string?> Bucket { get; } = new("--bucket")
    {
        Description = "A bucket besides the runner's, as the job's trigger names it or as S3 does.",
        HelpName = "name",
    };

    public static Option<string?> Since { get; } = new("--since")
    {
        Description = "Only what was asked for since: a span back from now (30m, 6h, 7d) or a time (2026-03-01, " +
            "2026-03-01T12:00Z).",
        HelpName = "time",
    };

    /// <summary>Labels of the runs that a command starts.</summary>
    public static Option<string[]> Labels { get; } = new("--label", "-l")
    {
        Description = "Calls the run so, to be found with --label of runs: name=value, up to five times.",
        HelpName = "name=value",
    };

    public static Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do it, without asking." };

    /// <summary>The stack that was asked for; null for the default.</summary>
    public static string? StackOf(ParseResult parsed) =>
        parsed.GetValue(Stack)
            ?? (Environment.GetEnvironmentVariable(Core.EnvironmentNames.Stack) is { Length: > 0 } name ? name : null);
}
