using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Core.Workers;
using Jobs.Sdk.Contexts;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// What SIGTERM becomes: one look at the run's control item, which knows whether the run was cancelled, and then
/// <c>stop</c>. The job is told within <see cref="Patience"/> whatever DynamoDB does.
/// </summary>
internal sealed class StopNotice(IRunStops stops, LaunchId launch, StopSignal stop, TimeProvider clock, ILogger logger)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task PassOnAsync()
    {
        stop.Notice();
        stop.Terminate(await WhyAsync());
        logger.LogWarning("SIGTERM: {Reason}, {Seconds:0} s are left.", stop.Reason, stop.TimeLeft.TotalSeconds);
    }

    /// <summary>Null when the run does not say, or not in time.</summary>
    private async Task<StopReason?> WhyAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var run = await stops.ReadAsync(launch.Run, patience.Token).WaitAsync(patience.Token);
            return run switch
            {
                { } later when later.Launch > launch.Number => StopReason.Superseded,
                { Cause: StopCause.Cancelled } => StopReason.Cancelled,
                { Cause: StopCause.TimedOut or StopCause.RunTimedOut } => StopReason.TimedOut,
                { Cause: not null } => StopReason.Interrupted,
                _ => null,
            };
        }
#pragma warning disable CA1031 // Whatever the read does, the job is told to stop.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogInformation("The run did not say why it is being stopped: {Reason}", e.Message);
            return null;
        }
    }
}
