using System.Collections.Concurrent;
using System.Text;
using Jobs.Core.Children;

namespace Jobs.Tests.InMemory;

/// <summary>Arrays in memory, by key.</summary>
public sealed class InMemoryArrayItems : IArrayItems
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = [];

    public string this[string key]
    {
        set => _objects[key] = Encoding.UTF8.GetBytes(value);
    }

    public void Delete(string key) => _objects.TryRemove(key, out _);

    public async Task<IReadOnlyList<ArrayLine>?> ReadAsync(string key, long offset, int skip, int limit,
        CancellationToken cancellation)
    {
        if (!_objects.TryGetValue(key, out var content)) return null;
        if (offset >= content.Length) return [];
        using var rest = new MemoryStream(content, (int)offset, content.Length - (int)offset);
        return await ArrayReader.ReadAsync(rest, offset, skip, limit, cancellation);
    }
}
