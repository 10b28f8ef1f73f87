using System.Reflection;
using Jobs.Core.Definitions;
using Jobs.Sdk.Attributes;

namespace Jobs.Sdk.Declarations;

/// <summary>A class that is a job, and what it declares.</summary>
internal abstract class JobType(Type type, Type input, JobDefinition definition)
{
    public Type Type => type;

    private static readonly Type[] Marks =
    [
        typeof(JobAttribute), typeof(OnUploadAttribute), typeof(OnEventAttribute), typeof(OnScheduleAttribute),
        typeof(OnQueueAttribute), typeof(AfterAttribute),
        typeof(RetryAttribute), typeof(ReadsAttribute), typeof(WritesAttribute), typeof(ListsAttribute),
        typeof(SubmitsAttribute), typeof(NotifyAttribute),
        typeof(ScaleOnBacklogAttribute), typeof(ScaleOnScheduleAttribute),
    ];

    /// <summary>What it takes: an input, or the messages of its queue.</summary>
    public Type Input => input;

    /// <summary>The definition without the schema of its input.</summary>
    public JobDefinition Definition => definition;

    /// <exception cref="JobDeclarationException">A class is marked as a job but cannot be one.</exception>
    public static IEnumerable<JobType> In(Assembly assembly) => Classes(assembly).Select(Of);

    /// <summary>The job of this name, reading no other class's declaration; null when there is none.</summary>
    /// <exception cref="JobDeclarationException">The class of this name cannot be a job.</exception>
    public static JobType? Find(IEnumerable<Assembly> assemblies, string name) =>
        assemblies.SelectMany(Classes).FirstOrDefault(type => JobName.Of(type) == name) is { } found ? Of(found) : null;

    /// <summary>Names of the jobs in these assemblies.</summary>
    public static IEnumerable<string> Names(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(Classes).Select(JobName.Of).Order(StringComparer.Ordinal);

    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static JobType Of(Type type)
    {
        var contract = JobContract.Of(type);
        var types = contract.GetGenericArguments();
        var definition = Declaration.Read(type, input: types[0]);
        ScheduledInputs.Check(definition, input: types[0]);
        if (definition is { Queue: not null, Uploads.Count: > 0 }) return new UploadHandler(type, definition);
        var generic = JobContract.IsHandler(contract) ? typeof(TypedHandler<>) : typeof(TypedJob<,>);
        return (JobType)Activator.CreateInstance(generic.MakeGenericType(types), type, definition)!;
    }

    /// <summary>Type of a job's input.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type InputOf(Type type) => JobContract.Of(type).GetGenericArguments()[0];

    private static IEnumerable<Type> Classes(Assembly assembly) =>
        assembly.GetTypes().Where(
            type => type.IsClass && (IsMarked(type) || (!type.IsAbstract && JobContract.All(type).Any())));

    /// <summary>
    /// Whether it has one of the attributes of jobs, which do nothing on a class that is none, nor on one that jobs
    /// derive from.
    /// </summary>
    private static bool IsMarked(Type type) =>
        type.CustomAttributes.Any(one => Array.Exists(Marks, mark => mark.IsAssignableFrom(one.AttributeType)));
}
