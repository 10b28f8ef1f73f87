using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Solutions;

namespace Jobs.Cli.Commands;

internal static class DeployCommand
{
    public static Command Create(CliContext cli)
    {
        var app = new Option<string?>("--app")
        {
            Description = "Folder of the CDK app. Default: that of the nearest cdk.json.",
            HelpName = "FOLDER",
        };
        var context = new Option<string[]>("--context", "-c")
        {
            Description = "What synthesis is told, such as adminEmails=you@example.com; as often as wanted.",
            HelpName = "NAME=VALUE",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Deploys without asking." };
        var force = new Option<bool>("--force")
        {
            Description = "Goes on although something of the account or this machine is wrong.",
        };
        var command = new CliCommand(
            "deploy",
            "Deploys the stack of the nearest CDK app to AWS: synthesizes it, looks at the account and this machine, " +
            "shows what changes, asks, and deploys by the CDK CLI. --stack names one of several stacks.",
            "dotnet jobs deploy -c adminEmails=you@example.com",
            "dotnet jobs deploy --app infra --stack jobs-dev -c stage=dev",
            "dotnet jobs deploy --yes")
        {
            app, context, yes, force,
        };
        command.SetAction((parsed, cancellation) => new Guard(cli).RunAsync(async _ =>
        {
            var wish = new DeployWish(
                parsed.GetValue(app),
                SharedOptions.StackOf(parsed),
                parsed.GetValue(context) ?? [],
                parsed.GetValue(yes),
                parsed.GetValue(force));
            return await new Deployment(cli, wish).RunAsync(cancellation) ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }
}
