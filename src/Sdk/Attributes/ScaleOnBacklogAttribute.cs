using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// Adds tasks to a queue's service at once when so many messages wait, up to its MaxTasks. Several make steps.
/// </summary>
/// <param name="messages">Visible messages from which on it holds: 1 or more, greater than those of the step
/// before.</param>
/// <param name="addTasks">Tasks to add, 1 to the queue's MaxTasks.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ScaleOnBacklogAttribute(int messages, int addTasks) : Attribute
{
    /// <summary>Visible messages from which on it holds.</summary>
    public int Messages { get; } = messages;

    /// <summary>Tasks to add.</summary>
    public int AddTasks { get; } = addTasks;

    internal ScalingStep ToStep() => new(Messages, AddTasks);
}
