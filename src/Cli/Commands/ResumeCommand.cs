using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Shapes;

namespace Jobs.Cli.Commands;

/// <summary>Ends a pause.</summary>
internal static class ResumeCommand
{
    public static Command Create(CliContext cli)
    {
        var (job, schedule) = (PauseTarget.Argument(), PauseTarget.Option());
        var command = new CliCommand(
            "resume",
            "Ends the pause of a job, or of one of its schedules: what waits starts within a minute.",
            "dotnet jobs resume csv-import",
            "dotnet jobs resume hourly-report --schedule rate-1-hour")
        {
            job, schedule, SharedOptions.Json,
        };
        command.OnStack(cli, async (parsed, stack, cancellation) =>
        {
            var pauses = (await stack.Pauses.ReadAsync(cancellation)).LastingAt(cli.Clock.GetUtcNow()).ToList();
            var (name, plan) = (parsed.GetRequiredValue(job), parsed.GetValue(schedule));
            var target = pauses.FirstOrDefault(pause => pause.Job == name && PauseTarget.IsIt(pause, plan)) is { } pause
                // Also of what is not deployed any more.
                ? new PauseTarget(pause.Job, pause.Schedule)
                : await PauseTarget.ReadAsync(stack, name, plan, cancellation);
            var id = cli.NewId();
            await stack.Commands.SendAsync(CommandBodies.Resume(id, target.Job, target.Schedule), cancellation);
            if (parsed.GetValue(SharedOptions.Json))
            {
                cli.WriteJson(new SentShape("resume", id, null), ShapeJson.Default.SentShape);
                return ExitCodes.Done;
            }

            cli.WriteLine($"Resuming {target}. What waited: {stack.Place.Lines.Runs(target.Job)}");
            return ExitCodes.Done;
        });
        return command;
    }
}
