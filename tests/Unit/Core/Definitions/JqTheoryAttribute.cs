namespace Jobs.Tests.Unit.Core.Definitions;

/// <summary>Skipped, and said to be, where jq is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JqTheoryAttribute : TheoryAttribute
{
    public JqTheoryAttribute()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "jq"))))
        {
            Skip = "jq is not on the PATH.";
        }
    }
}
