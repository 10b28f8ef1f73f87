using Jobs.Cli.Ports;

namespace Jobs.Tests.Unit.Cli;

/// <summary>A registry that has what was pushed, and scans as a test says.</summary>
internal sealed class FakeRegistry : IRegistry
{
    /// <summary>URIs of the images that are there.</summary>
    public HashSet<string> Images { get; } = [];

    /// <summary>What the scan says at each look; the last of them from then on. Null has not begun.</summary>
    public Queue<ImageScan?> Scans { get; } = new([new ImageScan("COMPLETE", null, [])]);

    /// <summary>Each as image and tag.</summary>
    public List<string> Tags { get; } = [];

    public int Looks { get; private set; }

    public Task<bool> HasAsync(WorkerImageBuild image, CancellationToken cancellation) =>
        Task.FromResult(Images.Contains(image.Uri));

    public Task<string> PasswordAsync(WorkerImageBuild image, CancellationToken cancellation) =>
        Task.FromResult("password");

    public Task<ImageScan?> ScanAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        Looks++;
        return Task.FromResult(Scans.Count > 1 ? Scans.Dequeue() : Scans.Peek());
    }

    public Task TagAsync(WorkerImageBuild image, string tag, CancellationToken cancellation)
    {
        Tags.Add($"{image.Uri} {tag}");
        return Task.CompletedTask;
    }
}
