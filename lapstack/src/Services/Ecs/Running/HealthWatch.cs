using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Finds out whether a container is well, as Docker does it: a look at the end of each interval; one success is enough,
/// it takes as many failures in a row as there are retries, and failures of the start period do not count.
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
/// </summary>
internal static class HealthWatch
{
    /// <param name="changed">Told of each change.</param>
    public static async Task RunAsync(
        IContainer container, HealthCheck check, Action<string> changed, TimeProvider clock, CancellationToken ended)
    {
        var startedAt = clock.GetUtcNow();
        var (health, failures) = (Health.Unknown, 0);
        while (!container.Exited.IsCompleted)
        {
            await Task.Delay(check.Interval, clock, ended);
            var succeeded = await container.RunInsideAsync(check.Command, check.Timeout) == 0;
            var counts = health != Health.Unknown || clock.GetUtcNow() - startedAt > check.StartPeriod;
            failures = succeeded ? 0 : counts ? failures + 1 : failures;
            var now = succeeded ? Health.Healthy : failures >= check.Retries ? Health.Unhealthy : health;
            if (now != health) changed(now);
            health = now;
        }
    }
}
