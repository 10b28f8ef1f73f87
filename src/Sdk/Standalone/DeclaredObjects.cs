using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Objects;

namespace Jobs.Sdk.Standalone;

/// <summary>
/// Objects as a job's role lets it at them: what the job declares, and no more. What the role may in
/// other buckets only the stack knows, so they are open.
/// </summary>
/// <param name="runners">Name of the runner's bucket.</param>
internal sealed class DeclaredObjects(IObjects objects, JobDefinition job, string runners) : IObjects
{
    /// <exception cref="UnauthorizedAccessException">The job does not declare it.</exception>
    public Task<Stream> OpenAsync(
        string bucket, string key, string? versionId, string? eTag, CancellationToken cancellation)
    {
        Require(
            "read", "Reads", bucket, key,
            job.Uploads.Any(upload => upload.IsIn(null) && upload.Matches(key)) || IsUnder(job.Reads, key));
        return objects.OpenAsync(bucket, key, versionId, eTag, cancellation);
    }

    /// <exception cref="UnauthorizedAccessException">The job does not declare it.</exception>
    public Task WriteAsync(
        string bucket, string key, Stream content, string? contentType, CancellationToken cancellation)
    {
        var isResult = key.StartsWith(Names.ResultsOf(job.Name), StringComparison.Ordinal);
        Require("write", "Writes", bucket, key, isResult || IsUnder(job.Writes, key));
        return objects.WriteAsync(bucket, key, content, contentType, cancellation);
    }

    /// <exception cref="UnauthorizedAccessException">The job does not declare it.</exception>
    public IAsyncEnumerable<ListedObject> ListAsync(string bucket, string prefix, CancellationToken cancellation)
    {
        Require("list", "Lists", bucket, prefix, IsUnder(job.Lists.Concat(job.Reads), prefix));
        return objects.ListAsync(bucket, prefix, cancellation);
    }

    private static bool IsUnder(IEnumerable<string> prefixes, string key) =>
        prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private void Require(string verb, string attribute, string bucket, string key, bool isDeclared)
    {
        if (isDeclared || bucket != runners) return;
        var folder = key[..(key.LastIndexOf('/') + 1)];
        throw new UnauthorizedAccessException(
            $"Job {job.Name} declares nothing that lets it {verb} '{key}', so its role refuses that on the stack. " +
            $"Put [{attribute}(\"{folder}\")] on its class.");
    }
}
