namespace Jobs.Core.Definitions;

/// <summary>
/// Publishes the catalog that this process was deployed with, once: another catalog comes with another process.
/// </summary>
public sealed class CatalogPublisher(JobCatalog catalog, ICatalogStore store)
{
    private volatile bool _published;

    public async Task PublishAsync(CancellationToken cancellation)
    {
        if (_published) return;
        await store.PublishAsync(catalog.ToJson(), [.. catalog.Jobs.Select(job => job.Name)], cancellation);
        _published = true;
    }
}
