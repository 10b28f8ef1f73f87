using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Definitions;

namespace Jobs.Sdk.Declarations;

/// <summary>A class that is a job, or is marked as one, whose declaration was not read yet.</summary>
/// <param name="typed">Makes the job of its definition.</param>
internal sealed class JobClass(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, Func<JobDefinition, JobType> typed)
{
    /// <summary>What of a job's class must be left when a program is trimmed: how it is made, and what it is.</summary>
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces;

    [DynamicallyAccessedMembers(Needed)]
    public Type Type => type;

    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public JobType Read()
    {
        var input = JobContract.Of(type).GetGenericArguments()[0];
        var definition = Declaration.Read(type, input);
        ScheduledInputs.Check(definition, input);
        return definition is { Queue: not null, Uploads.Count: > 0 }
            ? new UploadHandler(type, definition)
            : typed(definition);
    }
}
