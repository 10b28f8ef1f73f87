using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Jobs.Core.Definitions;
using Jobs.Sdk.Attributes;
using Jobs.Sdk.Ground;

namespace Jobs.Sdk.Declarations;

/// <summary>A class that is a job, and what it declares.</summary>
internal abstract class JobType(
    [DynamicallyAccessedMembers(JobClass.Needed)] Type type, Type input, JobDefinition definition)
{
    [DynamicallyAccessedMembers(JobClass.Needed)]
    public Type Type => type;

    /// <summary>What it takes: an input, or the messages of its queue.</summary>
    public Type Input => input;

    /// <summary>The definition without the schema of its input.</summary>
    public JobDefinition Definition => definition;

    /// <exception cref="JobDeclarationException">A class is marked as a job but cannot be one.</exception>
    public static IEnumerable<JobType> In(Assembly assembly) => Classes(assembly).Select(job => job.Read());

    /// <summary>The job of this name, reading no other class's declaration; null when there is none.</summary>
    /// <exception cref="JobDeclarationException">The class of this name cannot be a job.</exception>
    public static JobType? Find(IEnumerable<Assembly> assemblies, string name) =>
        assemblies.SelectMany(Classes).FirstOrDefault(job => JobName.Of(job.Type) == name)?.Read();

    /// <summary>Names of the jobs in these assemblies.</summary>
    public static IEnumerable<string> Names(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(Classes).Select(job => JobName.Of(job.Type)).Order(StringComparer.Ordinal);

    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static JobType Of(Type type)
    {
        if (JobRegistry.Find(type) is { } registered) return registered.Read();
        if (Reflection.IsAvailable) return ReflectedJobs.Of(type).Read();
        throw new JobDeclarationException(new DefinitionError(
            JobName.Of(type),
            "a trimmed program has the jobs that were registered when it was compiled",
            $"{type}, which was not",
            "Let its project refer to the package Jobs.Sdk, and let the class be internal or public."));
    }

    /// <summary>Type of a job's input.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type InputOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type type) =>
        JobContract.Of(type).GetGenericArguments()[0];

    private static IEnumerable<JobClass> Classes(Assembly assembly)
    {
        if (JobRegistry.In(assembly) is { } registered) return registered;
        return Reflection.IsAvailable ? ReflectedJobs.In(assembly) : [];
    }
}
