namespace Jobs.Core.Children;

/// <summary>How far an array is.</summary>
/// <param name="Begun">Children that may have begun: the next has this index.</param>
/// <param name="Epoch">
/// Grows with each look, which counts all endings. A place that an ending freed lapses with the epoch that was read
/// before the ending was noted, for the look may have counted it.
/// </param>
/// <param name="SeenBegun">
/// Children that had begun, or had a place to, at the last look that searched for those whose process died before they
/// began: the next one searches these.
/// </param>
/// <param name="SeenAt">When that was; null before the first.</param>
public sealed record ArrayCursor(int Begun, int Epoch, int SeenBegun, DateTimeOffset? SeenAt)
{
    /// <summary>Before the first look.</summary>
    public static ArrayCursor None { get; } = new(0, 0, 0, null);
}
