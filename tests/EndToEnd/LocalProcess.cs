using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Jobs.Tests.EndToEnd;

/// <summary>Local as a person starts it: <c>up</c>, in a process of its own, with the stack of these tests.</summary>
internal sealed partial class LocalProcess : IAsyncDisposable
{
    private readonly Process _local;

    private LocalProcess(Process local, Uri endpoint) => (_local, Endpoint) = (local, endpoint);

    public Uri Endpoint { get; }

    public int Id => _local.Id;

    /// <summary>Completes when it says where it is.</summary>
    public static async Task<LocalProcess> UpAsync(string state) => await UpInAsync(
        Environment.CurrentDirectory, "--state", state, "--cloud-assembly", await TestStack.SynthesizeAsync());

    /// <summary>Completes when it says where it is.</summary>
    /// <param name="folder">The current folder.</param>
    public static Task<LocalProcess> UpInAsync(string folder, params string[] arguments) =>
        UpAtAsync(0, folder, arguments);

    /// <summary>Completes when it says where it is.</summary>
    /// <param name="port">0 for any.</param>
    /// <param name="folder">The current folder.</param>
    public static Task<LocalProcess> UpAtAsync(int port, string folder, params string[] arguments) => StartAsync(
        new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Jobs.Local.dll"), "up", "--port", $"{port}", .. arguments])
        {
            WorkingDirectory = folder,
        });

    /// <summary>Completes when it says where it is.</summary>
    public static async Task<LocalProcess> StartAsync(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = true;
        var local = Process.Start(info)!;
        var said = new List<string>();
        while (await local.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Address().Match(line) is { Success: true } found) return new LocalProcess(local, new Uri(found.Value));
        }

        await local.WaitForExitAsync();
        throw new InvalidOperationException(
            $"Local ended with exit code {local.ExitCode} before it said where it is:\n{string.Join('\n', said)}");
    }

    /// <summary>What it says until the line that has this, which is the last.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string text)
    {
        var said = new List<string>();
        using var limit = new CancellationTokenSource(RunningLaptop.Patience);
        try
        {
            while (await _local.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                said.Add(line);
                if (line.Contains(text, StringComparison.Ordinal)) return said;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Local never said '{text}':\n{string.Join('\n', said)}");
        }

        throw new InvalidOperationException(
            $"Local ended before it said '{text}':\n{string.Join('\n', said)}");
    }

    /// <summary>Completes when it has ended; what it still says goes to a file.</summary>
    public async Task LogAsync(string file)
    {
        await using var log = new StreamWriter(file, append: true) { AutoFlush = true };
        while (await _local.StandardOutput.ReadLineAsync() is { } line) await log.WriteLineAsync(line);
        await _local.WaitForExitAsync();
    }

    /// <summary>What it still says until it ends, and its exit code.</summary>
    public async Task<(int Code, string Output)> EndAsync()
    {
        var output = await _local.StandardOutput.ReadToEndAsync();
        await _local.WaitForExitAsync();
        return (_local.ExitCode, output);
    }

    /// <summary>Without a word, as an empty battery would.</summary>
    public void Kill()
    {
        if (!_local.HasExited) _local.Kill();
    }

    /// <summary>Kills it, and returns when it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _local.WaitForExitAsync();
        _local.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
