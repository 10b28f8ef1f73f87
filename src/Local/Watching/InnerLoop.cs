using System.Text.Json.Nodes;
using Jobs.Apps;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Jobs.Local.Synthesis;
using Lapstack.Template;

namespace Jobs.Local.Watching;

/// <summary>
/// Applies what changes in the app's files to the running stack. A worker's code alone is built alone, and the next run
/// has it. Anything else is synthesized anew: if the template is another, the stack is started again on what it stored.
/// What cannot be built is shown, and the last good version goes on.
/// </summary>
internal sealed class InnerLoop(
    Workspace workspace, LaptopSettings settings, RunningStack running, StackSynthesis synthesis, Steps steps)
{
    private readonly WorkerBuilds _workers = new(workspace.Root);
    private readonly HashSet<ImageAsset> _built = [];
    private string? _stamp = synthesis.LastStamp();
    private int _builds;

    /// <summary>Applies what changed since the stack was synthesized, and before it is watched.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(workspace.Images)) Directory.Delete(workspace.Images, recursive: true);
        await ApplyAsync(new HashSet<string> { workspace.Root }, cancellation);
    }

    public async Task RunAsync(IAsyncEnumerable<IReadOnlySet<string>> changes, CancellationToken cancellation)
    {
        await foreach (var change in changes.WithCancellation(cancellation)) await ApplyAsync(change, cancellation);
    }

    private async Task ApplyAsync(IReadOnlySet<string> changes, CancellationToken cancellation)
    {
        try
        {
            var stamp = synthesis.Stamp();
            if (stamp == _stamp) return;
            _stamp = stamp;
            steps.Note($"Changed: {Listed(changes)}");
            if (!await TryWorkerAsync(changes, cancellation)) await ApplyStackAsync(cancellation);
        }
        catch (AppException e)
        {
            steps.Fault(e.Message);
            steps.Note("The last good version goes on.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A file that was there a moment ago is not there: its change is told next.
        }
    }

    /// <returns>False when it is more than a worker's code.</returns>
    private async Task<bool> TryWorkerAsync(IReadOnlySet<string> changes, CancellationToken cancellation)
    {
        var assembly = CloudAssemblyReader.Read(workspace.CloudAssembly, settings.StackName);
        if (await _workers.FindAsync(changes, assembly, cancellation) is not { } worker) return false;
        var folder = Path.Combine(workspace.Images, $"{worker.Assembly}-{++_builds}");
        await steps.StepAsync($"Building {worker.Assembly}", () => _workers.PublishAsync(worker, folder, cancellation));
        var declared = JobDeclarations.Of(folder, worker.Assembly);
        if (declared is null || declared != JobDeclarations.Of(worker.Image.Folder, worker.Assembly)) return false;
        running.Laptop.Host.UseImageFolder(worker.Image, folder);
        _built.Add(worker.Image);
        steps.Note($"The next run has the new {worker.Assembly}.");
        return true;
    }

    private async Task ApplyStackAsync(CancellationToken cancellation)
    {
        _workers.Forget();
        var fresh = await synthesis.SynthesizeAsync(cancellation);
        var (before, after) = (TemplateIn(workspace.CloudAssembly), TemplateIn(fresh.Folder));
        var differences = TemplateChange.Between(before, after);
        if (differences.Count == 0 && !TemplateChange.DiffersBeside(before, after))
        {
            foreach (var image in _built) running.Laptop.Host.UseImageFolder(image, null);
            _built.Clear();
            fresh.Leave();
            steps.Note("The stack is the same.");
            return;
        }

        foreach (var difference in differences) steps.Note(difference.ToString());
        await steps.StepAsync(
            "Starting the stack again, on what it stored; tasks under way are repeated",
            () => RestartAsync(fresh, cancellation));
        _built.Clear();
    }

    private async Task RestartAsync(FreshStack fresh, CancellationToken cancellation)
    {
        await running.StopAsync();
        fresh.Take();
        try
        {
            await running.StartAsync(cancellation);
        }
        catch (Exception e) when (e is AppException or TemplateException)
        {
            fresh.Undo();
            await running.StartAsync(cancellation);
            throw new AppException(e.Message, e);
        }
    }

    private JsonObject TemplateIn(string folder)
    {
        try
        {
            return CloudAssemblyReader.Read(folder, settings.StackName).Template;
        }
        catch (TemplateException e)
        {
            throw new AppException(e.Message, e);
        }
    }

    private string Listed(IReadOnlySet<string> changes)
    {
        const int Most = 3;
        var names = changes.Select(change => Path.GetRelativePath(workspace.Root, change))
            .Order(StringComparer.Ordinal);
        var rest = changes.Count > Most ? $" and {changes.Count - Most} more" : "";
        return string.Join(", ", names.Take(Most)) + rest;
    }
}
