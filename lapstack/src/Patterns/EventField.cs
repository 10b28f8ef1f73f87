namespace Lapstack.Patterns;

/// <summary>A leaf of an event and the array elements it stands in.</summary>
internal sealed record EventField(FieldValue Value, ArrayPlaces Places);
