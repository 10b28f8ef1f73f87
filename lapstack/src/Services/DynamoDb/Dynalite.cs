using System.Diagnostics;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.State;
using Lapstack.Template;
using Activity = Lapstack.Ground.Activity;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// Keeps dynalite running: begins first of all when the stack has tables (otherwise with the first call), and starts it
/// again whenever it ends, on the same data. A call meanwhile waits for the start under way.
/// </summary>
internal sealed class Dynalite : IHostedPart, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly DynaliteInstaller _installer;
    private readonly StateFolder _state;
    private readonly Account _account;
    private readonly ProcessLedger _ledger;
    private readonly Activity _activity;
    private readonly bool _hasTables;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _keeping;
    private string? _told;
    private volatile TaskCompletionSource<DynaliteProcess> _next = Promise();

    public Dynalite(
        DynaliteInstaller installer,
        StateFolder state,
        Account account,
        ProcessLedger ledger,
        Activity activity,
        CloudAssembly assembly)
    {
        (_installer, _state, _account, _ledger, _activity) = (installer, state, account, ledger, activity);
        var resources = assembly.Template["Resources"] as JsonObject ?? [];
        _hasTables = resources.Any(r => (string?)r.Value?["Type"] == "AWS::DynamoDB::Table");
        _keeping = new(() => Task.Run(() => KeepAsync(_stopping.Token)));
    }

    /// <summary>The way to dynalite, when it answers.</summary>
    /// <exception cref="DynaliteException">It could not be started.</exception>
    public async Task<HttpClient> ClientAsync(CancellationToken cancellation)
    {
        _ = _keeping.Value;
        return (await _next.Task.WaitAsync(cancellation)).Client;
    }

    public Task PrepareAsync(CancellationToken cancellation) =>
        _hasTables ? ClientAsync(cancellation) : Task.CompletedTask;

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        if (_keeping.IsValueCreated) await _keeping.Value;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task KeepAsync(CancellationToken stopping)
    {
        var pause = Pause;
        for (var isFirst = true; !stopping.IsCancellationRequested; isFirst = false)
        {
            var start = await StartAsync(stopping);
            if (start.Started is { } process) await WatchAsync(process, stopping);
            else if (isFirst) return; // The emulator does not start without it.
            // On a full disk it may fail for hours.
            pause = start.Failure is null ? Pause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            if (!stopping.IsCancellationRequested) Report(start.Failure);
            // A failed start stays known during the pause, so a call then is answered at once.
            await Task.Delay(pause, TimeProvider.System, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            if (_next.Task.IsCompleted) _next = Promise();
        }

        _next.TrySetCanceled(stopping);
    }

    /// <summary>Why it does not start, once while the reason stays.</summary>
    private void Report(Exception? failure)
    {
        var words = failure is null ? null : FullDisk.Is(failure) ? "The disk is full." : failure.Message;
        if (words is not null && words != _told)
        {
            _activity.Report("DynamoDB", "StartFailed", $"{words} It is tried again.");
        }

        _told = words;
    }

    /// <summary>What waiting callers get: the process, or why there is none.</summary>
    private async Task<(DynaliteProcess? Started, Exception? Failure)> StartAsync(CancellationToken stopping)
    {
        try
        {
            var folder = await _installer.FindAsync(stopping);
            var process = await DynaliteProcess.StartAsync(Describe(folder), _ledger, stopping);
            _next.SetResult(process);
            return (process, null);
        }
#pragma warning disable CA1031 // The waiting callers get the failure.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _next.SetException(failure);
            return (null, failure);
        }
    }

    private async Task WatchAsync(DynaliteProcess process, CancellationToken stopping)
    {
        try
        {
            var how = await process.Exited.WaitAsync(stopping);
            _next = Promise();
            _activity.Report(
                "DynamoDB", "Restarting",
                $"The local DynamoDB has ended and is started again; its data is kept. {how}");
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }

        await process.StopAsync();
    }

    private ProcessStartInfo Describe(string folder)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var node = Executable.Find("node", folder, path) ?? throw new DynaliteException(
            "The local DynamoDB needs Node.js 20 or newer, and `node` is not on the PATH. "
            + "Install it from https://nodejs.org, then start again.");
        // A group of its own: Ctrl+C at the terminal is the emulator's, which still needs its tables to stop in order.
        var start = Platform.Current.Describe(node, ["server.js", _state.For("dynamodb").PathOf("leveldb")]);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["AWS_ACCOUNT_ID"] = _account.Id;
        start.Environment["AWS_REGION"] = _account.Region;
        start.Environment.Remove("NODE_OPTIONS");
        return start;
    }

    private static TaskCompletionSource<DynaliteProcess> Promise()
    {
        var promise = new TaskCompletionSource<DynaliteProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Its failure is reported also when no call waits for it.
        promise.Task.ContinueWith(task => task.Exception, TaskContinuationOptions.OnlyOnFaulted);
        return promise;
    }
}
