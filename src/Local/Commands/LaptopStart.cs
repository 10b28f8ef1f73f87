using Jobs.Emulator;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>From a checkout to a running stack, with steps.</summary>
internal static class LaptopStart
{
    public static async Task<Laptop> StartAsync(int port, string? state, IAnsiConsole console, CancellationToken cancellation)
    {
        var workspace = Workspace.Find();
        var steps = new Steps(console, TimeProvider.System);
        await new StackSynthesis(workspace, steps).EnsureAsync(cancellation);
        return await steps.StepAsync(
            "Starting the stack",
            () => Laptop.StartAsync(
                workspace, state ?? workspace.State, port, TimeProvider.System, onActivity: entry => NoteInstall(steps, entry), cancellation: cancellation));
    }

    /// <summary>What makes the first start a slow one deserves a word.</summary>
    private static void NoteInstall(Steps steps, ActivityEntry entry)
    {
        if (entry.Kind == "Installing") steps.Note(entry.Message);
    }
}
