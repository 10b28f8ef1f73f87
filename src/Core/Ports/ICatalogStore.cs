namespace Jobs.Core.Ports;

/// <summary>Where the command line finds which jobs are deployed.</summary>
public interface ICatalogStore
{
    /// <summary>Replaces the catalog, as JSON.</summary>
    Task PublishAsync(string json, CancellationToken cancellation);
}
