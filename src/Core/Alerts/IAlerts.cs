namespace Jobs.Core.Alerts;

/// <summary>The ear of the admins and of the jobs' recipients.</summary>
public interface IAlerts
{
    Task PublishAsync(Alert alert, CancellationToken cancellation);
}
