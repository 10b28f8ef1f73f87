namespace Jobs.Tests.Infra;

/// <summary>Skipped, and said to be, where cfn-lint is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CfnLintFactAttribute : FactAttribute
{
    public CfnLintFactAttribute()
    {
        if (!Programs.IsOnPath("cfn-lint")) Skip = "cfn-lint is not on the PATH: pip install cfn-lint";
    }
}
