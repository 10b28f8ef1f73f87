using System.IO.Compression;
using System.Reflection;

namespace Jobs.Tests.Packages.Elsewhere;

/// <summary>A folder with all packages, of what the build before the tests has made.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private static readonly string[] Libraries =
    [
        "src/Core", "src/Aws", "src/Sdk", "src/Testing", "src/Cdk", "templates", "packages/AWSSDK.ECS",
        "packages/AWSSDK.SimpleNotificationService",
    ];

    /// <summary>Deleted at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("jobs-packed-").FullName;

    public string Packages => Path.Combine(Folder, "feed");

    public string Version => Path.GetFileNameWithoutExtension(
        Directory.EnumerateFiles(Packages, "Jobs.Sdk.*.nupkg").Single())["Jobs.Sdk.".Length..];

    public async Task InitializeAsync()
    {
        var built = typeof(PackageFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (var project in Libraries)
        {
            await Dotnet.RunAsync(
                Dotnet.Repository, "pack", project, "--no-build", "-c", built, "-o", Packages,
                "-p:PackStandIns=true", "--nologo", "-v", "quiet");
        }

        // A build now would meet the ones that other tests make of the same projects.
        await Dotnet.RunAsync(
            Dotnet.Repository, "pack", "src/Cli", "--no-build", "-p:IsLaptopBuilt=true", "-c", built, "-o", Packages,
            "--nologo", "-v", "quiet");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public string FileOf(string id, string extension) => Path.Combine(Packages, $"{id}.{Version}{extension}");

    public ZipArchive Open(string id) => ZipFile.OpenRead(FileOf(id, ".nupkg"));
}
