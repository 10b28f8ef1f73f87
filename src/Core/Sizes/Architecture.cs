namespace Jobs;

/// <summary>The processors Fargate has: ECS calls them X86_64 and ARM64.</summary>
public enum Architecture
{
    X64,
    Arm64,
}
