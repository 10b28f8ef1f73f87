using Jobs.Testing;

namespace Jobs;

/// <summary>The runner's bucket in a test. Setting a key again adds a version, as an upload would.</summary>
public sealed class TestObjects
{
    internal TestObjects(TimeProvider clock) => Store = new InMemoryObjects(clock);

    /// <summary>Content of the newest version; set it to a string (written in UTF-8) or to bytes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such object.</exception>
    public TestObject this[string key]
    {
        get =>
            new(
                Store.Read(JobTestEnvironment.Bucket, key)
                    ?? throw new KeyNotFoundException($"There is no object '{key}' in this environment."));
        set => Store.Put(JobTestEnvironment.Bucket, key, value.Bytes);
    }

    /// <summary>All keys in S3's order.</summary>
    public IReadOnlyList<string> Keys => Store.Keys(JobTestEnvironment.Bucket);

    internal InMemoryObjects Store { get; }

    /// <summary>Deletes an object with its versions. False when there was none.</summary>
    public bool Remove(string key) => Store.Remove(JobTestEnvironment.Bucket, key);

    internal Upload? Find(string key) => Store.Find(JobTestEnvironment.Bucket, key);
}
