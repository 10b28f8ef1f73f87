using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>The desired counts of services, by Application Auto Scaling's names for them.</summary>
internal sealed class ServiceCapacity(ServiceStore services, Account account) : IServiceCapacity
{
    public int? Find(string resourceId) =>
        services.Find(ArnOf(resourceId)) is { Status: ServiceStatus.Active } service ? service.DesiredCount : null;

    public void Set(string resourceId, int count) =>
        services.Update(
            ArnOf(resourceId),
            s => s.Status != ServiceStatus.Active || s.DesiredCount == count ? s : s with { DesiredCount = count });

    private string ArnOf(string resourceId) => account.Arn("ecs", resourceId);
}
