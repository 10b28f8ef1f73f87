namespace Jobs;

/// <summary>
/// Ends this phase of the run: it is launched again when all its children have ended. Made by
/// <see cref="JobContext.AwaitChildren"/>; throw it and let it pass.
/// </summary>
public sealed class ChildrenAwaitedException : Exception
{
    internal ChildrenAwaitedException(int children)
        : base($"The job awaits its {children:N0} children.") => Children = children;

    /// <summary>Children in all, those of earlier phases included.</summary>
    public int Children { get; }
}
