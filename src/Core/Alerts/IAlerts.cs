namespace Jobs.Core.Alerts;

/// <summary>The admins' ear.</summary>
public interface IAlerts
{
    Task PublishAsync(Alert alert, CancellationToken cancellation);
}
