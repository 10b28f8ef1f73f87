using Jobs.Core.Alerts;

namespace Jobs.Functions;

/// <summary>Makes the port when the first alert is published.</summary>
internal sealed class LazyAlerts(Func<IAlerts> make) : IAlerts
{
    private readonly Lazy<IAlerts> _alerts = new(make);

    public Task PublishAsync(Alert alert, CancellationToken cancellation) =>
        _alerts.Value.PublishAsync(alert, cancellation);
}
