using System.Text.Json;

namespace Lapstack.Patterns;

/// <summary>
/// An event as its leaves, by the names of the path joined with dots: {"a.b": 1} and {"a": {"b": 1}} are the same
/// field, as they are to the service. Arrays add no name: each element is a further value of the same field.
/// </summary>
internal sealed class EventFields
{
    private readonly Dictionary<string, List<EventField>> _fields = [];
    private int _arrays;

    public EventFields(JsonElement @event) => Add("", @event, ArrayPlaces.None);

    public IReadOnlyList<EventField> Named(string name) => _fields.GetValueOrDefault(name) ?? [];

    private void Add(string name, JsonElement value, ArrayPlaces places)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Add(name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value, places);
                break;
            case JsonValueKind.Array:
                AddElements(name, value, places);
                break;
            default:
                if (!_fields.TryGetValue(name, out var fields)) _fields[name] = fields = [];
                fields.Add(new EventField(FieldValue.Of(value), places));
                break;
        }
    }

    // Plain values are not tied to their element: ["a", "b"] satisfies "a" beside whatever else the pattern asks for.
    private void AddElements(string name, JsonElement array, ArrayPlaces places)
    {
        var id = _arrays++;
        foreach (var (index, element) in array.EnumerateArray().Index())
        {
            var isLeaf = element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
            Add(name, element, isLeaf ? places : places.In(id, index));
        }
    }
}
