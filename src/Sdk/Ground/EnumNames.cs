using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.Sdk.Ground;

/// <summary>
/// Writes the enums that were registered by the names of their values, in camel case. System.Text.Json's converter for
/// every enum makes one for each type by reflection; here each is known when the program is compiled.
/// </summary>
internal sealed class EnumNames : JsonConverterFactory
{
    private readonly ConcurrentDictionary<Type, JsonConverterFactory> _known = new();

    public void Add<T>()
        where T : struct, Enum =>
        _known.TryAdd(typeof(T), new JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase));

    public override bool CanConvert(Type typeToConvert) => _known.ContainsKey(typeToConvert);

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        _known[typeToConvert].CreateConverter(typeToConvert, options);
}
