using Jobs.Core.Alerts;

namespace Jobs.Core.Ports;

/// <summary>The admins' ear.</summary>
public interface IAlerts
{
    Task PublishAsync(Alert alert, CancellationToken cancellation);
}
