namespace Lapstack.Processes;

/// <summary>
/// Something that lives beside the requests: a child process, a poller, a clock. The host calls, in this order,
/// <see cref="PrepareAsync"/>, then creates the stack's resources, then <see cref="StartAsync"/>, and at the end
/// <see cref="StopAsync"/>.
/// </summary>
public interface IHostedPart
{
    /// <summary>
    /// Called before any resource is created, and not waited for until all are: slow starts overlap with everything
    /// else.
    /// </summary>
    Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// Called when every resource exists, before the first request is answered: do not wait for one here. Returns soon;
    /// loops run on their own until <see cref="StopAsync"/>.
    /// </summary>
    Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// Ends everything started, including child processes, and saves what must survive. Called once, also after a
    /// failed start.
    /// </summary>
    Task StopAsync() => Task.CompletedTask;
}
