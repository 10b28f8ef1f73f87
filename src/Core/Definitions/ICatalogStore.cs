namespace Jobs.Core.Definitions;

/// <summary>Where the command line finds which jobs are deployed.</summary>
public interface ICatalogStore
{
    /// <summary>Replaces the catalog, as JSON, and adds the names of its jobs to those ever deployed.</summary>
    Task PublishAsync(string json, IReadOnlyCollection<string> jobs, CancellationToken cancellation);
}
