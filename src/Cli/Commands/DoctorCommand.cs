using System.CommandLine;
using Jobs.Cli.Doctor;
using Jobs.Cli.Output;
using Jobs.Cli.Shapes;
using Spectre.Console;

namespace Jobs.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create(CliContext cli)
    {
        var command = new CliCommand(
            "doctor",
            "Looks for what is wrong with the setup or the stack, and says what to do. Ends with 1 when something is broken; warnings do not count.",
            "jobs doctor",
            "jobs doctor --json | jq '.checks[] | select(.outcome != \"ok\")'")
        {
            SharedOptions.Json,
        };
        command.SetAction((parsed, cancellation) => Guard.RunAsync(cli, async _ =>
        {
            var name = SharedOptions.StackOf(parsed);
            var checks = await new Examination(cli.Surroundings(), token => cli.Connect(name, true, token), cli.Clock).RunAsync(cancellation);
            var healthy = checks.All(check => check.Outcome != "error");
            if (parsed.GetValue(SharedOptions.Json)) cli.WriteJson(new DoctorShape(healthy, checks), ShapeJson.Default.DoctorShape);
            else Print(cli, checks);
            return healthy ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }

    private static void Print(CliContext cli, IReadOnlyList<CheckShape> checks)
    {
        var width = checks.Max(check => check.Name.Length);
        foreach (var check in checks)
        {
            var (mark, style) = check.Outcome switch { "ok" => ("✓", "green"), "warning" => ("!", "yellow"), _ => ("✗", "red") };
            cli.Out.Write(Line($"[{style}]{mark}[/]", check.Name.PadRight(width), Markup.Escape(check.Detail)));
            if (check.Remedy is { } remedy) cli.Out.Write(Line(" ", new string(' ', width), $"[bold]→ {Markup.Escape(remedy)}[/]"));
        }

        var (errors, warnings) = (checks.Count(check => check.Outcome == "error"), checks.Count(check => check.Outcome == "warning"));
        cli.Note(errors + warnings == 0 ? "\nNothing is wrong." : $"\n{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}.");
    }

    /// <summary>Long text goes on below itself, not below the mark.</summary>
    private static Grid Line(string mark, string name, string text) => new Grid()
        .AddColumn(new GridColumn().NoWrap().PadRight(1)).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0))
        .AddRow(new Markup(mark), new Text(name), new Markup(text));
}
