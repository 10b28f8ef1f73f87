using System.CommandLine;
using Jobs.Core;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>Keeps the stack running and shows what happens in it.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var options = new LaptopOptions();
        var command = new Command(
            "up", "Runs the stack until Ctrl-C and shows each hop. What it stored is there again the next time.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            Guard.RunAsync(() => RunAsync(options.Read(parsed), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(LaptopSettings settings, CancellationToken cancellation)
    {
        var console = Screen.Create();
        var workspace = LaptopStart.WorkspaceOf(settings);
        await using var laptop = await LaptopStart.StartAsync(workspace, settings, console, cancellation);
        await laptop.SweepAsync(cancellation);
        HowTo.Print(console, workspace, laptop);
        console.MarkupLine("[grey]Ctrl-C stops it. What happens from now on:[/]");
        var now = TimeProvider.System.GetUtcNow();
        var hops = HopPrinter.Daily(console, now, TimeZoneInfo.Local, laptop.Output(OutputNames.Tick));
        var ends = new RunEndPrinter(console, laptop.Runs, laptop.Lines, TimeProvider.System);
        await Task.WhenAll(
            hops.PrintAsync(laptop.Activity, cancellation), ends.PrintAsync(laptop.Activity, cancellation));
        console.MarkupLine("Stopping; everything stored is kept.");
        return ExitCodes.Done;
    }
}
