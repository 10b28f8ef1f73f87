using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Jobs.Tests.EndToEnd;

/// <summary>Local as a person starts it: <c>up</c>, in a process of its own, with the stack of these tests.</summary>
internal sealed partial class LocalProcess : IAsyncDisposable
{
    private readonly Process _local;

    private LocalProcess(Process local, Uri endpoint) => (_local, Endpoint) = (local, endpoint);

    public Uri Endpoint { get; }

    /// <summary>Completes when it says where it is.</summary>
    public static async Task<LocalProcess> UpAsync(string state)
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Jobs.Local.dll"), "up", "--port", "0", "--state", state,
                "--cloud-assembly", await TestStack.SynthesizeAsync(),
            ])
        {
            RedirectStandardOutput = true,
        };
        var local = Process.Start(info)!;
        while (await local.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } found) return new LocalProcess(local, new Uri(found.Value));
        }

        await local.WaitForExitAsync();
        throw new InvalidOperationException($"Local ended with exit code {local.ExitCode} before it said where it is.");
    }

    /// <summary>Kills it without a word, as an empty battery would.</summary>
    public async ValueTask DisposeAsync()
    {
        _local.Kill();
        await _local.WaitForExitAsync();
        _local.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
