using System.CommandLine;
using Jobs.Apps;
using Jobs.Core;
using Jobs.Local.Demo;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>
/// Shows the main job from end to end: an upload that succeeds, and one that fails and tells the admin.
/// </summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var options = new LaptopOptions();
        var command = new Command(
            "demo",
            "Builds and starts the stack of the sample jobs, uploads a CSV and a broken one, and shows each hop, the " +
            "result and the e-mail.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            Guard.RunAsync(() => RunAsync(options.Read(parsed), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(LaptopSettings settings, CancellationToken cancellation)
    {
        var console = Screen.Create();
        var workspace = LaptopStart.WorkspaceOf(settings);
        if (!workspace.HasSampleJobs)
        {
            throw new AppException(
                $"The demo shows the sample jobs of the jobs repository, and {workspace.Root} is not that. To run " +
                $"your own jobs: {CommandLines.Up()}");
        }

        await using var laptop = await LaptopStart.StartAsync(
            workspace, settings, new Steps(console, TimeProvider.System), cancellation);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var hops = HopPrinter.Since(console, TimeProvider.System.GetUtcNow())
            .PrintAsync(laptop.Activity, watching.Token);
        var worked = await new UploadDemo(laptop, workspace.Samples, console, TimeProvider.System)
            .RunAsync(cancellation);
        await watching.CancelAsync();
        await hops;
        console.MarkupLineInterpolated($"[bold]To go on:[/] {HowTo.Up(workspace)}");
        HowTo.Print(console, workspace, laptop);
        return worked ? ExitCodes.Done : ExitCodes.Failed;
    }
}
