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
        command.SetAction((parsed, cancellation) => Guard.RunAsync(async () =>
        {
            var console = Screen.Create();
            await using var laptop = await LaptopStart.StartAsync(options.Read(parsed), console, cancellation);
            await laptop.SweepAsync(cancellation);
            HowTo.Print(console, laptop);
            console.MarkupLine("[grey]Ctrl-C stops it. What happens from now on:[/]");
            var now = TimeProvider.System.GetUtcNow();
            var hops = HopPrinter.Daily(console, now, TimeZoneInfo.Local, laptop.Output(OutputNames.Tick));
            var ends = new RunEndPrinter(console, laptop.Runs, laptop.Lines, TimeProvider.System);
            await Task.WhenAll(
                hops.PrintAsync(laptop.Activity, cancellation), ends.PrintAsync(laptop.Activity, cancellation));
            console.MarkupLine("Stopping; everything stored is kept.");
            return ExitCodes.Done;
        }));
        return command;
    }
}
