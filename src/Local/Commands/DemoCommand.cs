using System.CommandLine;
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
            "Builds and starts the stack, uploads a CSV and a broken one, and shows each hop, the result and the " +
            "e-mail.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Guard.RunAsync(async () =>
        {
            var console = Screen.Create();
            await using var laptop = await LaptopStart.StartAsync(options.Read(parsed), console, cancellation);
            using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var hops = HopPrinter.Since(console, TimeProvider.System.GetUtcNow())
                .PrintAsync(laptop.Activity, watching.Token);
            var worked = await new UploadDemo(laptop, Workspace.Find().Samples, console, TimeProvider.System)
                .RunAsync(cancellation);
            await watching.CancelAsync();
            await hops;
            console.MarkupLine("[bold]To go on:[/] dotnet run --project src/Local -- up");
            HowTo.Print(console, laptop);
            return worked ? ExitCodes.Done : ExitCodes.Failed;
        }));
        return command;
    }
}
