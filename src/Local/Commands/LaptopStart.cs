using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Lapstack.Ground;
using Spectre.Console;

namespace Jobs.Local.Commands;

/// <summary>From a checkout to a running stack, with steps.</summary>
internal static class LaptopStart
{
    public static async Task<Laptop> StartAsync(
        LaptopSettings settings, IAnsiConsole console, CancellationToken cancellation)
    {
        var workspace = Workspace.Find();
        var steps = new Steps(console, TimeProvider.System);
        if (settings.CloudAssembly is null) await new StackSynthesis(workspace, steps).EnsureAsync(cancellation);
        return await steps.StepAsync(
            "Starting the stack",
            () =>
                Laptop.StartAsync(
                    workspace,
                    settings with { OnActivity = entry => Note(steps, entry) },
                    TimeProvider.System,
                    cancellation));
    }

    /// <summary>
    /// What makes the first start a slow one deserves a word, and so does a bucket that stands in for another.
    /// </summary>
    private static void Note(Steps steps, ActivityEntry entry)
    {
        if (entry.Kind is "Installing" or "Existing") steps.Note(entry.Message);
    }
}
