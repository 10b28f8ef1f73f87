using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Jobs.Cli.Commands;
using Jobs.Cli.Ground;
using Jobs.Cli.Help;
using Jobs.Cli.Ports;

namespace Jobs.Cli;

/// <summary>The command line as a whole.</summary>
internal static class Root
{
    private const string ExitCodeHelp = """

        Exit codes:
          0    done
          1    it failed, is not there, or something is wrong with the stack
          2    the command line is wrong
          3    no stack could be reached: credentials, Region, name, network
          130  Ctrl-C
          141  what read the output has gone, as head does

        The stack is found by --stack or JOBS_STACK, in the account and Region that any AWS SDK would use. For the stack on this machine:
          export AWS_ENDPOINT_URL=http://127.0.0.1:4566
        """;

    /// <summary>How a shell asks for completions.</summary>
    private const string SuggestDirective = "[suggest";

    /// <summary>An @ begins the name of an input's file, not of a file of arguments.</summary>
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>In the order of the help.</summary>
    private static readonly (string Name, Func<CliContext, Command> Create)[] Commands =
    [
        ("up", LaptopCommand.CreateUp),
        ("demo", LaptopCommand.CreateDemo),
        ("ui", LaptopCommand.CreateUi),
        ("init", InitCommand.Create),
        ("import", ImportCommand.Create),
        ("deploy", DeployCommand.Create),
        ("images", ImagesCommand.Create),
        ("list", ListCommand.Create),
        ("submit", SubmitCommand.Create),
        ("runs", RunsCommand.Create),
        ("show", ShowCommand.Create),
        ("logs", LogsCommand.Create),
        ("cancel", CancelCommand.Create),
        ("retry", RetryCommand.Create),
        ("pause", PauseCommand.Create),
        ("resume", ResumeCommand.Create),
        ("status", StatusCommand.Create),
        ("alerts", AlertsCommand.Create),
        ("cost", CostCommand.Create),
        ("replay", ReplayCommand.Create),
        ("dead-letters", DeadLettersCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("verify", VerifyCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>Names of all commands.</summary>
    public static IEnumerable<string> CommandNames => Commands.Select(command => command.Name);

    /// <param name="only">The command that the line begins with: the others need not be made. Null for all.</param>
    public static RootCommand Create(CliContext cli, string? only = null)
    {
        var root = new RootCommand(
            "jobs: runs container jobs on Fargate. Submit them, watch them, and find out what is wrong.");
        var chosen = Array.FindAll(Commands, command => command.Name == only);
        foreach (var (_, create) in chosen.Length > 0 ? chosen : Commands) root.Subcommands.Add(create(cli));
        root.Options.Add(SharedOptions.Stack);
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestAction(suggest);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, ExitCodeHelp);
        return root;
    }

    /// <summary>
    /// Parses and runs; what is wrong with the command line itself is said with what was probably meant.
    /// </summary>
    public static async Task<int> RunAsync(
        CliContext cli,
        IReadOnlyList<string> arguments,
        InvocationConfiguration configuration,
        CancellationToken cancellation = default)
    {
        if (LaptopCommand.Takes(arguments)) return await LaptopCommand.RunAsync(cli, arguments);
        var root = Create(cli, arguments.Count > 0 ? arguments[0] : null);
        if (arguments is [var first, ..] && first.StartsWith(SuggestDirective, StringComparison.Ordinal))
        {
            new Completions(cli).AddTo(root);
        }

        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments, Parsing);
        if (parsed.Errors.Count == 0 || parsed.Action is HelpWithExamples or SuggestAction)
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }

        UsageErrors.Print(cli, parsed);
        return ExitCodes.Usage;
    }
}
