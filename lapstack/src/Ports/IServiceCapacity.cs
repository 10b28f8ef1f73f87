namespace Lapstack.Ports;

/// <summary>The desired counts of ECS services, for what scales them.</summary>
public interface IServiceCapacity
{
    /// <summary>Null when there is no such service.</summary>
    /// <param name="resourceId"><c>service/CLUSTER/SERVICE</c>.</param>
    int? Find(string resourceId);

    /// <param name="resourceId"><c>service/CLUSTER/SERVICE</c>.</param>
    /// <param name="count">0 or more.</param>
    void Set(string resourceId, int count);
}
