namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Lets only so many tasks be in their first seconds at once, in which a program costs most: a burst then takes its
/// time, and not the machine's memory. A task that waits is PENDING, as one whose image is pulled.
/// </summary>
/// <param name="places">At least 1.</param>
internal sealed class StartGate(int places, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FirstSeconds = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _places = new(places);

    /// <summary>Two a processor: one works while another waits for what it reads.</summary>
    public static int PlacesHere => 2 * Environment.ProcessorCount;

    /// <param name="given">Ends the waiting: the task is to stop.</param>
    /// <returns>Whether there is a place, which <see cref="LeaveAsync"/> gives back.</returns>
    public async Task<bool> EnterAsync(Task given, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var entering = _places.WaitAsync(waiting.Token);
        await Task.WhenAny(entering, given);
        await waiting.CancelAsync();
        try
        {
            await entering;
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Gives the place back when the task's first seconds are over, or the task is.</summary>
    public async Task LeaveAsync(Task ended)
    {
        await Task.WhenAny(ended, Task.Delay(FirstSeconds, clock, CancellationToken.None));
        _places.Release();
    }

    public void Dispose() => _places.Dispose();
}
