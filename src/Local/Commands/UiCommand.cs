using System.CommandLine;
using System.Diagnostics;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Page;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>Serves the page of a stack, on this machine or on AWS, until Ctrl-C.</summary>
internal static class UiCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "Loopback port of the page; 0 for any free one.",
        };
        var stack = new Option<string?>("--stack")
        {
            Description = "Name of the stack. Default: JOBS_STACK, else the one called jobs, else the only one there is.",
            HelpName = "name",
        };
        var open = new Option<bool>("--open") { Description = "Opens the page in the browser." };
        var command = new Command(
            "ui",
            "Serves a web page of the stack on this machine's loopback, until Ctrl-C: what triggers what, runs, " +
            "queues, schedules, alerts. Only a browser with the address that is printed sees it.")
        {
            port, stack, open,
        };
        command.SetAction((parsed, cancellation) => Guard.RunAsync(() => RunAsync(
            new PageSettings { Port = parsed.GetValue(port), StackName = parsed.GetValue(stack) },
            parsed.GetValue(open),
            cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(PageSettings settings, bool isToOpen, CancellationToken cancellation)
    {
        await using var page = await PageServer.StartAsync(settings, cancellation);
        HowTo.PrintPage(Screen.Create(), page);
        if (isToOpen) Open(page.Address);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        return ExitCodes.Done;
    }

    /// <summary>In whatever the system opens addresses with.</summary>
    private static void Open(Uri address) =>
        Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true })?.Dispose();
}
