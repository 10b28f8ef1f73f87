namespace Jobs.Tests.Unit.Core.Definitions;

/// <summary>Skipped, and said to be, where jq is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JqTheoryAttribute : TheoryAttribute
{
    public JqTheoryAttribute()
    {
        if (!Programs.IsOnPath("jq")) Skip = "jq is not on the PATH.";
    }
}
