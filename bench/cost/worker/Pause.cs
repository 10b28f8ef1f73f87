namespace Jobs.Bench.CostWorker;

/// <summary>The work of a small file: a second of waiting for another service.</summary>
internal static class Pause
{
    public static Task ForASecondAsync(CancellationToken stop) =>
        Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop);
}
