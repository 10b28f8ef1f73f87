namespace Jobs.Core;

/// <summary>Where the functions run, for links and commands in messages.</summary>
/// <param name="Name">Name of the stack.</param>
/// <param name="Region">AWS Region, such as eu-central-1.</param>
/// <param name="Cluster">Name of the ECS cluster.</param>
public sealed record StackInfo(string Name, string Region, string Cluster)
{
    /// <summary>What to type about this stack.</summary>
    public CommandLines Lines { get; } = new(Name);
}
