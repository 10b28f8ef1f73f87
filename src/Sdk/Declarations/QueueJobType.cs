using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Definitions;

namespace Jobs.Sdk.Declarations;

/// <summary>An <see cref="IMessageHandler{T}"/>: how to give it a message without knowing its type.</summary>
internal abstract class QueueJobType(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, Type input, JobDefinition definition)
    : JobType(type, input, definition)
{
    public QueueTrigger Queue => Definition.Queue!;

    /// <summary>The message that a body says; null when it says one that the job has nothing to do with.</summary>
    /// <exception cref="MisfitException">It says none.</exception>
    public abstract TakenMessage? Read(string body);

    /// <param name="message">Of what <see cref="Read"/> answered.</param>
    public abstract Task HandleAsync(object handler, object message, MessageContext context, CancellationToken stop);
}
