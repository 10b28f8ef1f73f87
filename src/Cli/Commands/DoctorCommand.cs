using System.CommandLine;
using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Shapes;
using Jobs.Cli.Views;
using Jobs.Core;

namespace Jobs.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create(CliContext cli)
    {
        var beforeDeploy = new Option<bool>("--before-deploy")
        {
            Description = "Looks at the account and this machine instead, before a first deployment.",
        };
        var createRole = new Option<bool>("--create-service-linked-role")
        {
            Description = $"With --before-deploy: makes {Preflight.EcsRole} if the account does not have it.",
        };
        var command = new CliCommand(
            "doctor",
            "Looks for what is wrong with the setup or the stack, and says what to do. Ends with 1 when something is " +
            "broken; warnings do not count.",
            "dotnet jobs doctor",
            "dotnet jobs doctor --before-deploy",
            "dotnet jobs doctor --json | jq '.checks[] | select(.outcome != \"ok\")'")
        {
            beforeDeploy, createRole, SharedOptions.Json,
        };
        command.SetAction((parsed, cancellation) => new Guard(cli).RunAsync(async _ =>
        {
            var (json, create) = (parsed.GetValue(SharedOptions.Json), parsed.GetValue(createRole));
            if (create && !parsed.GetValue(beforeDeploy))
            {
                throw CliException.Usage(
                    $"--create-service-linked-role goes with --before-deploy: {CommandLines.PrepareAccount()}");
            }

            var checks = parsed.GetValue(beforeDeploy)
                ? await BeforeDeployAsync(cli, create, json, cancellation)
                : await OfStackAsync(cli, SharedOptions.StackOf(parsed), cancellation);
            if (json) cli.WriteJson(DoctorShape.Of(checks), ShapeJson.Default.DoctorShape);
            else CheckScreen.Print(cli, checks);
            return checks.Any(check => check.Outcome == Outcome.Error) ? ExitCodes.Failed : ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<Check>> OfStackAsync(
        CliContext cli, string? stack, CancellationToken cancellation)
    {
        var account = cli.Account();
        using var made = account as IDisposable;
        return await new Examination(cli.Surroundings(), account, cli.Clock).RunAsync(
            token => cli.Connect(stack, true, token), cancellation);
    }

    private static async Task<IReadOnlyList<Check>> BeforeDeployAsync(
        CliContext cli, bool create, bool json, CancellationToken cancellation)
    {
        var account = cli.Account();
        using var made = account as IDisposable;
        return await new Preflight(cli.Surroundings(), account, MayCreateAsync, cli.Clock).RunAsync(cancellation);

        async Task<bool> MayCreateAsync(CancellationToken token) =>
            create || (!json && await cli.Ask(Preflight.RoleQuestion, token) == true);
    }
}
