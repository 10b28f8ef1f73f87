using Jobs.Core.Verdicts;

namespace Jobs.Core.Engine;

/// <summary>What RunTask answered.</summary>
public abstract record LaunchAnswer
{
    private LaunchAnswer()
    {
    }

    /// <summary>There is a task.</summary>
    public sealed record Accepted(string TaskArn) : LaunchAnswer;

    /// <summary>There is no task and will be none.</summary>
    public sealed record Refused(Verdict Verdict) : LaunchAnswer;

    /// <summary>The answer was lost, or ECS failed in a way that does not tell: there may be a task.</summary>
    public sealed record Unknown(string Why) : LaunchAnswer;
}
