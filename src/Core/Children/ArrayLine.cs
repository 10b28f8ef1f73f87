namespace Jobs.Core.Children;

/// <param name="Text">Without the blanks around it; null of a line that is longer than an input may be.</param>
/// <param name="Next">Where the line after it begins, in bytes.</param>
public sealed record ArrayLine(string? Text, long Next)
{
    public bool IsEmpty => Text is "";
}
