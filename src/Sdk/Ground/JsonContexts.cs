using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Sdk.Ground;

/// <summary>
/// The contexts that were registered, in their order. What they know of a type is taken with the options of the one
/// who asks, and not with the context's own.
/// </summary>
internal sealed class JsonContexts : IJsonTypeInfoResolver
{
    private readonly ConcurrentQueue<IJsonTypeInfoResolver> _contexts = new();

    public void Add(IJsonTypeInfoResolver context) => _contexts.Enqueue(context);

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        foreach (var context in _contexts)
        {
            if (context.GetTypeInfo(type, options) is { } found) return found;
        }

        return null;
    }
}
