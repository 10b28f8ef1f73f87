using System.CommandLine;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Jobs.Local.Watching;
using Jobs.Page;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>Keeps the stack running and shows what happens in it.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var options = new LaptopOptions();
        var noWatch = new Option<bool>("--no-watch")
        {
            Description = "Lets the stack be as it was when it started, whatever changes in the app's files.",
        };
        var command = new Command(
            "up",
            "Runs the stack until Ctrl-C, shows each hop, and applies what changes in the app's files. What it " +
            "stored is there again the next time.");
        options.AddTo(command);
        command.Options.Add(noWatch);
        command.SetAction((parsed, cancellation) => Guard.RunAsync(() => RunAsync(
            options.Read(parsed) with { IsWatched = !parsed.GetValue(noWatch) }, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(LaptopSettings settings, CancellationToken cancellation)
    {
        var console = Screen.Create();
        var steps = new Steps(console, TimeProvider.System);
        var workspace = LaptopStart.WorkspaceOf(settings);
        var synthesis = new StackSynthesis(workspace, steps);
        if (settings.CloudAssembly is null) await synthesis.EnsureAsync(cancellation);
        var denials = new Denials();
        await using var running = new RunningStack(
            settings with { OnActivity = denials.Take },
            console,
            (now, token) => LaptopStart.RunAsync(workspace, now, steps, token));
        await steps.StepAsync("Starting the stack", () => running.StartAsync(cancellation));
        HowTo.Print(console, workspace, running.Laptop);
        await using var page = await PageServer.StartAsync(PageOf(running.Laptop, denials), cancellation);
        HowTo.PrintPage(console, page);
        using var note = LaptopNote.Write(workspace, running.Laptop);
        using var watch = settings is { CloudAssembly: null, IsWatched: true } ? Watch(workspace, steps) : null;
        var loop = new InnerLoop(workspace, settings, running, synthesis, steps);
        try
        {
            if (watch is not null) await loop.CatchUpAsync(cancellation);
            var follows = watch is null ? "" : ", changed files are followed";
            console.MarkupLine($"[grey]Ctrl-C stops it{follows}. What happens from now on:[/]");
            if (watch is null) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            else await loop.RunAsync(watch.ReadAsync(cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.MarkupLine("Stopping; everything stored is kept.");
        }

        return ExitCodes.Done;
    }

    /// <summary>By the same port as any client: a laptop that is started anew has it too.</summary>
    private static PageSettings PageOf(Laptop laptop, Denials denials) => new()
    {
        Laptop = laptop.Endpoint,
        StackName = laptop.Host.Stack.Name,
        Denials = denials.All,
    };

    /// <summary>Null where the system watches no more files: the stack runs all the same.</summary>
    private static SourceWatch? Watch(Workspace workspace, Steps steps)
    {
        try
        {
            return new SourceWatch(workspace.Root, TimeProvider.System);
        }
        catch (IOException e)
        {
            steps.Fault(
                $"Changed files are not followed: {e.Message} Raise the system's limit (fs.inotify.max_user_watches " +
                "on Linux), or say --no-watch.");
            return null;
        }
    }
}
