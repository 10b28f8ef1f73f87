using Jobs.Sdk.Contexts;

namespace Jobs.Testing;

/// <summary>Keeps the checkpoint as the JSON that would lie in the run's record.</summary>
internal sealed class TestCheckpoints : ICheckpoints
{
    public string? Json { get; set; }

    public Task<bool> SaveAsync(string json, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Json = json;
        return Task.FromResult(true);
    }

    public Task<string?> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Json);
    }
}
