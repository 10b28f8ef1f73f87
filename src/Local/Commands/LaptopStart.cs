using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Lapstack.Ground;

namespace Jobs.Local.Commands;

/// <summary>From a CDK app to a running stack, with steps.</summary>
internal static class LaptopStart
{
    /// <summary>
    /// What of the start is shown: what takes long, what is missing, what stands in for another, and what is otherwise.
    /// </summary>
    private static readonly string[] Telling = ["Installing", "Existing", "LeftOut", "CannotRun", "Warning"];

    /// <exception cref="AppException">There is no CDK app to run, or several.</exception>
    public static Workspace WorkspaceOf(LaptopSettings settings) => settings.CloudAssembly is null
        ? Workspace.Find(settings.App)
        : Workspace.Of(settings.App ?? Environment.CurrentDirectory);

    /// <summary>Synthesizes the stack if it is not, and starts it.</summary>
    public static async Task<Laptop> StartAsync(
        Workspace workspace, LaptopSettings settings, Steps steps, CancellationToken cancellation)
    {
        if (settings.CloudAssembly is null) await new StackSynthesis(workspace, steps).EnsureAsync(cancellation);
        return await steps.StepAsync(
            "Starting the stack", () => RunAsync(workspace, settings, steps, cancellation));
    }

    /// <summary>Starts the stack as it is synthesized.</summary>
    public static Task<Laptop> RunAsync(
        Workspace workspace, LaptopSettings settings, Steps steps, CancellationToken cancellation) => Laptop.StartAsync(
            workspace, settings with { OnActivity = entry => Note(steps, entry) }, TimeProvider.System, cancellation);

    private static void Note(Steps steps, ActivityEntry entry)
    {
        if (Telling.Contains(entry.Kind)) steps.Note(entry.Message);
    }
}
