using System.CommandLine;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Commands;

/// <summary>
/// What the laptop's program carries out. It reads its options itself and has its own help, so that the tool need not
/// know them.
/// </summary>
internal static class LaptopCommand
{
    private const string UpName = "up";
    private const string DemoName = "demo";
    private const string UiName = "ui";

    /// <summary>Whether a command line is the laptop's, all of it.</summary>
    public static bool Takes(IReadOnlyList<string> arguments) => arguments is [UpName or DemoName or UiName, ..];

    public static Task<int> RunAsync(CliContext cli, IReadOnlyList<string> arguments) =>
        new Guard(cli).RunAsync(_ => cli.RunLaptop(arguments));

    public static Command CreateUp(CliContext cli) => Create(cli, new CliCommand(
        UpName,
        "Runs the stack of the nearest CDK app on this machine, until Ctrl-C, shows each hop, and applies what " +
        "changes in the app's files. What it stored is there again the next time.",
        "dotnet jobs up",
        "dotnet jobs up --app infra --stack-name Dev/jobs",
        "dotnet jobs up --chaos spot=0.2,throttle=0.1"));

    public static Command CreateDemo(CliContext cli) => Create(cli, new CliCommand(
        DemoName,
        "Shows the sample jobs at work, in a checkout of jobs: uploads a CSV and a broken one, and shows each hop, " +
        "the result and the e-mail.",
        "dotnet jobs demo"));

    public static Command CreateUi(CliContext cli) => Create(cli, new CliCommand(
        UiName,
        "Serves a web page of the stack on this machine's loopback, until Ctrl-C: what triggers what, runs with their " +
        "logs, queues, schedules, alerts. Only a browser with the address that is printed sees it.",
        "dotnet jobs ui",
        "dotnet jobs ui --stack jobs-test --open"));

    private static CliCommand Create(CliContext cli, CliCommand command)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, _) => RunAsync(cli, [command.Name, .. parsed.UnmatchedTokens]));
        return command;
    }
}
