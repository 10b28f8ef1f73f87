using Lapstack.Ground;
namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>Writes what happens to a service into its events, and for the person at the terminal.</summary>
internal sealed class ServiceLog(ServiceStore services, Activity activity, Ids ids, TimeProvider clock)
{
    /// <param name="what">The rest of a sentence that begins with the service.</param>
    public void Add(ServiceRecord service, string what)
    {
        var message = $"(service {service.Name}) {what}";
        services.Update(service.Arn, s => s.WithEvent(new ServiceEvent(ids.Uuid(), clock.GetUtcNow(), message)));
        activity.Report(
            "ECS", "ServiceAction", message, new Dictionary<string, string> { ["serviceArn"] = service.Arn });
    }
}
