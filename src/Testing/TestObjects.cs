using Jobs.Testing;

namespace Jobs;

/// <summary>A bucket in a test. Setting a key again adds a version, as an upload would.</summary>
public sealed class TestObjects
{
    private readonly string _bucket;

    internal TestObjects(InMemoryObjects store, string bucket) => (Store, _bucket) = (store, bucket);

    /// <summary>Content of the newest version; set it to a string (written in UTF-8) or to bytes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such object.</exception>
    public TestObject this[string key]
    {
        get =>
            new(
                Store.Read(_bucket, key)
                    ?? throw new KeyNotFoundException($"There is no object '{key}' in this environment."));
        set => Store.Put(_bucket, key, value.Bytes);
    }

    /// <summary>All keys in S3's order.</summary>
    public IReadOnlyList<string> Keys => Store.Keys(_bucket);

    internal InMemoryObjects Store { get; }

    /// <summary>Deletes an object with its versions. False when there was none.</summary>
    public bool Remove(string key) => Store.Remove(_bucket, key);

    internal Upload? Find(string key) => Store.Find(_bucket, key);
}
