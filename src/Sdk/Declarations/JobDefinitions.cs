using System.Reflection;
using Jobs.Core.Definitions;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Ground;

namespace Jobs;

/// <summary>Reads jobs' declarations from their classes.</summary>
public static class JobDefinitions
{
    /// <summary>
    /// All jobs of an assembly, by name: every concrete class that implements <see cref="IJob{TInput, TResult}"/> or
    /// <see cref="IMessageHandler{T}"/>.
    /// </summary>
    /// <exception cref="JobDeclarationException">A class is marked as a job but cannot be one.</exception>
    public static IReadOnlyList<JobDefinition> FromAssembly(Assembly assembly) =>
        [.. JobType.In(assembly).Select(WithSchema).OrderBy(job => job.Name, StringComparer.Ordinal)];

    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static JobDefinition From(Type type) => WithSchema(JobType.Of(type));

    private static JobDefinition WithSchema(JobType job) =>
        job.Definition with { InputSchema = JobJson.SchemaOf(job.Input) };
}
