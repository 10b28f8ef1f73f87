using System.CommandLine;
using Jobs.Cli.Doctor;
using Jobs.Cli.Output;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Spectre.Console;

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
            "Looks for what is wrong with the setup or the stack, and says what to do. Ends with 1 when something is broken; warnings do not count.",
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
                : await new Examination(cli.Surroundings(), cli.Clock).RunAsync(
                    token => cli.Connect(SharedOptions.StackOf(parsed), true, token), cancellation);
            var healthy = checks.All(check => check.Outcome != "error");
            if (json) cli.WriteJson(new DoctorShape(healthy, checks), ShapeJson.Default.DoctorShape);
            else Print(cli, checks);
            return healthy ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<CheckShape>> BeforeDeployAsync(
        CliContext cli, bool create, bool json, CancellationToken cancellation)
    {
        const string Question =
            $"The account has no {Preflight.EcsRole}, without which the first deployment often fails. Make it now?";
        var account = cli.Account();
        using var made = account as IDisposable;
        return await new Preflight(cli.Surroundings(), account, MayCreateAsync, cli.Clock).RunAsync(cancellation);

        async Task<bool> MayCreateAsync(CancellationToken token) =>
            create || (!json && await cli.Ask(Question, token) == true);
    }

    private static void Print(CliContext cli, IReadOnlyList<CheckShape> checks)
    {
        var width = checks.Max(check => check.Name.Length);
        foreach (var check in checks)
        {
            var (mark, style) = check.Outcome switch
            {
                "ok" => ("✓", "green"),
                "warning" => ("!", "yellow"),
                "unknown" => ("?", "yellow"),
                _ => ("✗", "red"),
            };
            cli.Out.Write(Line($"[{style}]{mark}[/]", check.Name.PadRight(width), Markup.Escape(Legible.Of(check.Detail))));
            if (check.Remedy is { } remedy) cli.Out.Write(Line(" ", new string(' ', width), $"[bold]→ {Markup.Escape(Legible.Of(remedy))}[/]"));
        }

        var (errors, warnings, unknown) = (Count("error"), Count("warning"), Count("unknown"));
        var counted = $"{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}";
        var rest = unknown == 0 ? "" : $", {unknown} unknown";
        cli.Note(errors + warnings + unknown == 0 ? "\nNothing is wrong." : $"\n{counted}{rest}.");

        int Count(string outcome) => checks.Count(check => check.Outcome == outcome);
    }

    /// <summary>Long text goes on below itself, not below the mark.</summary>
    private static Grid Line(string mark, string name, string text) => new Grid()
        .AddColumn(new GridColumn().NoWrap().PadRight(1)).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0))
        .AddRow(new Markup(mark), new Text(name), new Markup(text));
}
