using System.Diagnostics;
using System.Globalization;
using Lapstack.Processes;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// One dynalite process, which serves on a loopback port of its own. It ends when its standard input does, and is in
/// the ledger, so that it never outlives the emulator for long.
/// </summary>
internal sealed class DynaliteProcess
{
    private const int KeptErrors = 10;
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Shorter than <c>keepAliveTimeout</c> in server.js: of the two ends of an idle connection, ours closes it.
    /// </summary>
    private static readonly TimeSpan PoolIdle = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly IProcessGroup _group;
    private readonly ProcessLedger _ledger;
    private readonly Queue<string> _lastErrors = new();

    private DynaliteProcess(Process process, ProcessLedger ledger)
    {
        (_process, _group, _ledger) = (process, Platform.Current.GroupOf(process), ledger);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
        ledger.Add(process.Id, _group);
        Exited = WatchAsync();
    }

    /// <summary>Completes when the process has ended, with how, in words.</summary>
    public Task<string> Exited { get; }

    /// <summary>The way to it.</summary>
    public HttpClient Client { get; } = new(
        new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = PoolIdle });

    /// <summary>Starts it; returns when it answers.</summary>
    /// <exception cref="DynaliteException">It ended before.</exception>
    public static async Task<DynaliteProcess> StartAsync(
        ProcessStartInfo start, ProcessLedger ledger, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var started = new DynaliteProcess(Process.Start(start)!, ledger);
        try
        {
            var port = await started._process.StandardOutput.ReadLineAsync(cancellation)
                ?? throw new DynaliteException(
                    $"The local DynamoDB did not start: {await started.Exited.WaitAsync(cancellation)}");
            started.Client.BaseAddress = new Uri($"http://127.0.0.1:{int.Parse(port, CultureInfo.InvariantCulture)}");
            return started;
        }
        catch
        {
            await started.StopAsync();
            throw;
        }
    }

    /// <summary>Lets it end what it is at, for a moment.</summary>
    public async Task StopAsync()
    {
        try
        {
            if (!Exited.IsCompleted) _process.StandardInput.Close();
            await Exited.WaitAsync(StopGrace, TimeProvider.System);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            _group.Kill();
            await Exited;
        }

        _group.Dispose();
        _process.Dispose();
        Client.Dispose();
    }

    private async Task<string> WatchAsync()
    {
        await _process.WaitForExitAsync();
        _ledger.Remove(_process.Id);
        lock (_lastErrors) return string.Join(" ", _lastErrors.Append($"(exit code {_process.ExitCode})"));
    }

    private void Remember(string? line)
    {
        if (line is null) return;
        lock (_lastErrors)
        {
            _lastErrors.Enqueue(line);
            if (_lastErrors.Count > KeptErrors) _lastErrors.Dequeue();
        }
    }
}
