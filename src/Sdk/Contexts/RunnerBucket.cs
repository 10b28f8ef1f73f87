using Jobs.Core;
using Jobs.Core.Objects;

namespace Jobs.Sdk.Contexts;

/// <summary>Objects, those of the runner's bucket above all.</summary>
/// <param name="name">Null where it is not configured: then only calls that name a bucket work.</param>
internal sealed class RunnerBucket(IObjects objects, string? name)
{
    public IObjects Objects => objects;

    public string Name => name ?? throw new InvalidOperationException(
        $"The runner's bucket is not known: {EnvironmentNames.Bucket} is not set. Name the bucket in the call.");

    public Task<Stream> OpenAsync(string key, CancellationToken cancellation) =>
        objects.OpenAsync(Name, key, null, null, cancellation);
}
