using System.Collections.Concurrent;
using Lapstack.Ground;

namespace Lapstack.Processes;

/// <summary>
/// Work that outlives the call that began it: known until it ends, and ended with the emulator. A failure is reported,
/// never lost.
/// </summary>
/// <param name="service">Under which name failures are reported.</param>
internal sealed class BackgroundWork(Activity activity, string service) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    public CancellationToken Stopping => _stop.Token;

    public void Run(Func<CancellationToken, Task> work)
    {
        if (_stop.IsCancellationRequested) return;
        var task = Task.Run(() => GuardAsync(work));
        _running[task] = 0;
        task.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>Cancels everything and returns when all of it has ended.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Keys);
    }

    public void Dispose() => _stop.Dispose();

    private async Task GuardAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The last frame of work that is not awaited: reported here or nowhere.
        catch (Exception e)
#pragma warning restore CA1031
        {
            activity.Report(service, "InternalError", $"{e.GetType().Name}: {e.Message}");
        }
    }
}
