using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// How a service's deployments go on. Pure. The circuit breaker gives up one whose tasks do not start, and goes back to
/// the last that did, where the service says so.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
/// </summary>
internal static class Rollout
{
    public const string Steady = "has reached a steady state.";

    /// <param name="tasks">All tasks of the service that have not stopped.</param>
    /// <param name="newId">The id of a deployment that a rollback needs.</param>
    /// <returns>The service as it is now, the same record when nothing is new, and what is to be said about
    /// it.</returns>
    public static (ServiceRecord Service, IReadOnlyList<string> Said) Advance(
        ServiceRecord service, ServicePlan plan, IReadOnlyList<TaskRecord> tasks, Func<string> newId,
        DateTimeOffset now)
    {
        if (service.Status == ServiceStatus.Draining && tasks.Count == 0)
        {
            return (service with { Status = ServiceStatus.Inactive }, []);
        }

        if (MustGiveUp(service)) return GiveUp(service, newId, now);
        if (plan.IsSteady && service.Primary.RolloutState == RolloutState.InProgress) return Complete(service, now);
        var left = service.Deployments.Where(d => d == service.Primary || tasks.Any(t => t.StartedBy == d.Id)).ToList();
        var changed = left.Count == service.Deployments.Count ? service : service with { Deployments = left };
        var isNews = plan.IsSteady
            && service.Events is [{ } last, ..]
            && !last.Message.EndsWith(Steady, StringComparison.Ordinal);
        return (changed, isNews ? [Steady] : []);
    }

    private static (
        ServiceRecord Service, IReadOnlyList<string> Said) Complete(ServiceRecord service, DateTimeOffset now)
    {
        var primary = service.Primary with
        {
            RolloutState = RolloutState.Completed,
            RolloutReason = $"ECS deployment {service.Primary.Id} completed.",
            UpdatedAt = now,
        };
        return (
            service with
            {
                Deployments = [primary, .. service.Deployments.Skip(1)],
                LastGoodDefinition = primary.DefinitionArn,
            },
            [$"(deployment {primary.Id}) deployment completed.", Steady]);
    }

    private static bool MustGiveUp(ServiceRecord service) =>
        service.CircuitBreaker.Flag("enable")
        && service.Primary.RolloutState == RolloutState.InProgress
        && service.Primary.FailedTasks >= StartBackoff.BreakerThreshold(service.DesiredCount);

    private static (ServiceRecord Service, IReadOnlyList<string> Said) GiveUp(
        ServiceRecord service, Func<string> newId, DateTimeOffset now)
    {
        var failed = service.Primary with
        {
            RolloutState = RolloutState.Failed,
            RolloutReason = "ECS deployment circuit breaker: tasks failed to start.",
            UpdatedAt = now,
        };
        var said = $"(deployment {failed.Id}) deployment failed: tasks failed to start.";
        var before = service.Deployments.Skip(1);
        if (!service.CircuitBreaker.Flag("rollback")
            || service.LastGoodDefinition is not { } good
            || good == failed.DefinitionArn)
            return (service with { Deployments = [failed, .. before] }, [said]);

        var back = new Deployment(newId(), good, now);
        back = back with { RolloutReason = $"ECS deployment circuit breaker: rolling back to deploymentId {back.Id}." };
        return (
            service with { Deployments = [back, failed, .. before] },
            [said, $"(deployment {failed.Id}) rolling back to deployment {back.Id}."]);
    }
}
