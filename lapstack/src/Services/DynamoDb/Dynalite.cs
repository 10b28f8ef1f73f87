using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.State;
using Lapstack.Template;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// The dynalite process: begins first of all when the stack has tables (otherwise with the first call), serves on a loopback
/// port of its own, and ends when its standard input does, so that it never outlives the emulator.
/// </summary>
internal sealed class Dynalite : IHostedPart, IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private readonly DynaliteInstaller _installer;
    private readonly StateFolder _state;
    private readonly Account _account;
    private readonly bool _hasTables;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task<HttpClient>> _client;
    private readonly Queue<string> _lastErrors = new();
    private Process? _process;

    public Dynalite(DynaliteInstaller installer, StateFolder state, Account account, CloudAssembly assembly)
    {
        _installer = installer;
        _state = state;
        _account = account;
        _hasTables = (assembly.Template["Resources"] as JsonObject ?? []).Any(r => (string?)r.Value?["Type"] == "AWS::DynamoDB::Table");
        _client = new(() => StartAsync(_stopping.Token));
    }

    /// <summary>The way to dynalite, when it answers.</summary>
    /// <exception cref="DynaliteException">It could not be started.</exception>
    public Task<HttpClient> ClientAsync(CancellationToken cancellation) => _client.Value.WaitAsync(cancellation);

    public Task PrepareAsync(CancellationToken cancellation) => _hasTables ? ClientAsync(cancellation) : Task.CompletedTask;

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (_process is null) return;
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopGrace, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        if (_client is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) _client.Value.Result.Dispose();
        _process?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Why dynalite does not answer.</summary>
    public DynaliteException Gone(Exception inner)
    {
        lock (_lastErrors) return new($"The local DynamoDB has ended: {string.Join(" ", _lastErrors)} Restart the emulator; its data is kept.", inner);
    }

    private async Task<HttpClient> StartAsync(CancellationToken cancellation)
    {
        var folder = await _installer.FindAsync(cancellation);
        _process = Start(folder);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginErrorReadLine();
        var port = await _process.StandardOutput.ReadLineAsync(cancellation)
            ?? throw await FailedAsync(_process, cancellation);
        var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan };
        return new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{int.Parse(port, CultureInfo.InvariantCulture)}") };
    }

    private Process Start(string folder)
    {
        var node = Executable.Find("node", folder, Environment.GetEnvironmentVariable("PATH") ?? "")
            ?? throw new DynaliteException("The local DynamoDB needs Node.js 20 or newer, and `node` is not on the PATH. Install it from https://nodejs.org, then start again.");
        // In a session of its own: Ctrl+C at the terminal is the emulator's, which still needs its tables to stop in order.
        var command = SessionLauncher.Command(node, ["server.js", _state.For("dynamodb").PathOf("leveldb")]);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCOUNT_ID"] = _account.Id;
        start.Environment["AWS_REGION"] = _account.Region;
        start.Environment.Remove("NODE_OPTIONS");
        return Process.Start(start)!;
    }

    private async Task<DynaliteException> FailedAsync(Process process, CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        lock (_lastErrors) return new($"The local DynamoDB did not start (exit code {process.ExitCode}): {string.Join(" ", _lastErrors)}");
    }

    private void Remember(string? line)
    {
        if (line is null) return;
        lock (_lastErrors)
        {
            _lastErrors.Enqueue(line);
            if (_lastErrors.Count > 10) _lastErrors.Dequeue();
        }
    }
}
