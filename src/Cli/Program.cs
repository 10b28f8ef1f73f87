using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Jobs.Cli;
using Jobs.Cli.Account;
using Jobs.Cli.Laptop;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Solutions;
using Jobs.Cli.Stacks;
using Jobs.Cli.Verify;

var cli = new CliContext
{
    Data = Screens.Out(),
    Notes = Screens.Error(),
    Clock = TimeProvider.System,
    Zone = TimeZoneInfo.Local,
    NewId = () =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"cli-{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}"),
    Ask = Screens.AskAsync,
    AskText = Screens.AskTextAsync,
    Surroundings = () => new AwsSurroundings(new AwsClients(Target.Resolve()), TimeProvider.System),
    Account = () => AwsAccount.Of(Target.Resolve(), TimeProvider.System),
    Registry = () => AwsRegistry.Of(Target.Resolve(), TimeProvider.System),
    Probe = place => AwsProbe.Of(place, Target.Resolve(), TimeProvider.System),
    RunLaptop = LaptopProgram.RunAsync,
    Programs = new TerminalPrograms(),
    Connect = (_, _, _) => throw new InvalidOperationException("Set below, because it speaks to the screen."),
};
var connector = new StackConnector(new OutputCache(OutputCache.DefaultFolder, cli.Clock), cli.Clock, cli.Note);
// Long enough for what a command does after Ctrl-C: all but one end at once.
var invocation = new InvocationConfiguration
{
    ProcessTerminationTimeout = Verification.InterruptedLimit + TimeSpan.FromSeconds(5),
};
return await Root.RunAsync(cli with { Connect = connector.ConnectAsync }, args, invocation);
