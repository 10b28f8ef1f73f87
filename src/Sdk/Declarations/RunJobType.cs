using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Definitions;

namespace Jobs.Sdk.Declarations;

/// <summary>An <see cref="IJob{TInput, TResult}"/>: how to run it without knowing its types.</summary>
internal abstract class RunJobType(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, Type input, JobDefinition definition)
    : JobType(type, input, definition)
{
    /// <summary>Runs the job on an input as JSON and answers its result as JSON.</summary>
    /// <exception cref="JobFailedException">The input is not what the job takes, or its result cannot be
    /// written.</exception>
    public abstract Task<string> RunAsync(object job, string input, JobContext context, CancellationToken stop);
}
