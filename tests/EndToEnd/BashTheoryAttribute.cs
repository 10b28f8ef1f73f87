namespace Jobs.Tests.EndToEnd;

/// <summary>As <see cref="BashFactAttribute"/>, with data.</summary>
internal sealed class BashTheoryAttribute : TheoryAttribute
{
    public BashTheoryAttribute()
    {
        if (BashFactAttribute.Reason is { } reason) Skip = reason;
    }
}
