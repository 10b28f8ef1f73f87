using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Lapstack.Ground;
using Activity = Lapstack.Ground.Activity;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// Puts dynalite into the user's cache on first use, exactly as the lock file here says. Two emulators may do it at
/// once: each process installs into a folder of its own, once at a time, and the first to be ready gives it the final
/// name.
/// </summary>
internal sealed class DynaliteInstaller(Activity activity)
{
    private const string Version = "4.0.0";
    private static readonly SemaphoreSlim One = new(1);
    private static readonly string[] Files = ["package.json", "package-lock.json", "server.js"];

    /// <summary>The folder with server.js and everything it needs.</summary>
    /// <exception cref="DynaliteException">npm is missing or failed.</exception>
    public async Task<string> FindAsync(CancellationToken cancellation)
    {
        var files = Files.ToDictionary(f => f, Read);
        var hash = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Files.Select(f => files[f])))))[..8];
        var folder = Path.Combine(CacheFolder(), $"dynalite-{Version}-{hash}");
        if (Directory.Exists(folder)) return folder;
        await One.WaitAsync(cancellation);
        try
        {
            if (!Directory.Exists(folder)) await InstallAsync(files, folder, cancellation);
            return folder;
        }
        finally
        {
            One.Release();
        }
    }

    private async Task InstallAsync(Dictionary<string, string> files, string folder, CancellationToken cancellation)
    {
        activity.Report("DynamoDB", "Installing", $"dynalite {Version} from npm into {folder} (once)");
        var temporary = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(temporary);
        foreach (var (name, content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(temporary, name), content, cancellation);
        }

        await RunNpmAsync(temporary, cancellation);
        Publish(temporary, folder);
        activity.Report("DynamoDB", "Installed", $"dynalite {Version}");
    }

    private static string CacheFolder()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "jobs");
    }

    private static string Read(string file)
    {
        using var stream = typeof(DynaliteInstaller).Assembly.GetManifestResourceStream($"dynalite/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task RunNpmAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            using var killed = cancellation.Register(() => npm.Kill(entireProcessTree: true));
            var output = npm.StandardOutput.ReadToEndAsync(cancellation);
            var errors = await npm.StandardError.ReadToEndAsync(cancellation);
            await output;
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0)
                throw new DynaliteException(
                    $"`npm ci` could not install the local DynamoDB (exit code {npm.ExitCode}): {errors.Trim()} " +
                    "Check the network and npm's registry setting, then start again.");
        }
        catch (Win32Exception missing)
        {
            throw new DynaliteException(
                "The local DynamoDB needs Node.js 20 or newer with npm, and npm is not on the PATH. Install it from " +
                "https://nodejs.org, then start again.",
                missing);
        }
    }

    private static void Publish(string temporary, string folder)
    {
        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster; its installation is the same.
            Directory.Delete(temporary, recursive: true);
        }
    }
}
