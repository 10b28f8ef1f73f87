using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Images;

/// <summary>
/// Puts the images of a synthesis into their repository, unless they are there, and lets those through whose scan is
/// clean.
/// </summary>
internal sealed class ImageRelease(CliContext cli, IRegistry registry, ScanGate gate)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>ECR scans in seconds to minutes. What is not scanned by then is refused.</summary>
    private static readonly TimeSpan ScanLimit = TimeSpan.FromMinutes(15);

    /// <returns>Whether every image is let through.</returns>
    /// <exception cref="CliException">An image could not be built or pushed.</exception>
    public async Task<bool> RunAsync(IReadOnlyList<WorkerImageBuild> images, CancellationToken cancellation)
    {
        foreach (var image in images) await PushAsync(image, cancellation);
        var isClean = true;
        foreach (var image in images) isClean &= await IsCleanAsync(image, cancellation);
        return isClean;
    }

    /// <summary>A tag is never overwritten, so that what has it is the image that was scanned.</summary>
    private async Task PushAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        if (await registry.HasAsync(image, cancellation))
        {
            cli.Note($"{image.Uri} is there already.");
            return;
        }

        cli.Note($"Building and pushing {image.Uri}");
        string[] arguments = image.BaseImage is { } named
            ? ["--build-arg", $"{PipelineNames.BaseImageArgument}={named}"]
            : [];
        await DockerAsync(
            ["build", "--platform", image.Platform, "--tag", image.Uri, .. arguments, image.Folder],
            null,
            cancellation);
        var password = await registry.PasswordAsync(image, cancellation);
        await DockerAsync(
            ["login", "--username", "AWS", "--password-stdin", image.Registry], password, cancellation);
        await DockerAsync(["push", image.Uri], null, cancellation);
    }

    private async Task<bool> IsCleanAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        var scan = await ScanAsync(image, cancellation);
        foreach (var allowance in gate.Allowances(scan)) cli.Note($"{image.Uri}: {allowance}");
        var refusals = gate.Refusals(scan).ToList();
        if (refusals.Count == 0)
        {
            cli.WriteLine($"{image.Uri}  let through, with {Words.Count(scan?.Findings.Count ?? 0, "finding")}");
            return true;
        }

        cli.Fault($"{image.Uri} is refused:");
        foreach (var refusal in refusals) cli.Fault($"  {refusal}");
        return false;
    }

    private async Task<ImageScan?> ScanAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        var until = cli.Clock.GetUtcNow() + ScanLimit;
        while (true)
        {
            var scan = await registry.ScanAsync(image, cancellation);
            if (!ScanGate.IsOpen(scan) || cli.Clock.GetUtcNow() >= until) return scan;
            await Task.Delay(Between, cli.Clock, cancellation);
        }
    }

    private async Task DockerAsync(IReadOnlyList<string> arguments, string? input, CancellationToken cancellation)
    {
        var code = await cli.Programs.RunAsync(DockerEngine.Program, arguments, ".", cancellation, input);
        if (code != 0)
        {
            throw CliException.Failed(
                $"{DockerEngine.Program} {arguments[0]} ended with exit code {code}: what is said above is wrong.");
        }
    }
}
