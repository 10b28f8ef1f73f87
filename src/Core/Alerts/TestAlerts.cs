using Jobs.Core.Definitions;

namespace Jobs.Core.Alerts;

/// <summary>Sends an alert that says only that it is a test, so that people see whether alerts reach them.</summary>
public sealed class TestAlerts(IAlerts alerts, AlertWriter writer)
{
    /// <param name="id">Of the command that asks for it.</param>
    /// <param name="job">
    /// Whose recipients get it too, those of its successes in a copy of their own; null for none.
    /// </param>
    public async Task SendAsync(string id, JobDefinition? job, CancellationToken cancellation)
    {
        var alert = writer.ForTest(id, job?.Name);
        await alerts.PublishAsync(alert, cancellation);
        if (job?.Recipients.Any(one => one.HearsOfSuccess) != true) return;
        await alerts.PublishAsync(alert with { IsSuccess = true }, cancellation);
    }
}
