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
    /// What of the start is shown: what takes long, what is missing, what stands in for another, what is otherwise, and
    /// what is not allowed, with its remedy.
    /// </summary>
    private static readonly string[] Telling =
    [
        "Installing", "Existing", "LeftOut", "CannotRun", "Warning", "AccessDenied",
    ];

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
    public static async Task<Laptop> RunAsync(
        Workspace workspace, LaptopSettings settings, Steps steps, CancellationToken cancellation)
    {
        var starting = true;
        void Note(ActivityEntry entry)
        {
            if (starting && Telling.Contains(entry.Kind)) steps.Note(entry.Message);
            settings.OnActivity?.Invoke(entry);
        }

        var noting = settings with { OnActivity = Note };
        var laptop = await Laptop.StartAsync(workspace, noting, TimeProvider.System, cancellation);
        starting = false;
        return laptop;
    }
}
