namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>The states of a service: DRAINING while a deleted one's tasks end, INACTIVE after.</summary>
internal static class ServiceStatus
{
    public const string Active = "ACTIVE";
    public const string Draining = "DRAINING";
    public const string Inactive = "INACTIVE";
}
