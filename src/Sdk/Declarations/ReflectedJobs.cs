using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Jobs.Core.Definitions;

namespace Jobs.Sdk.Declarations;

/// <summary>The jobs of an assembly that has registered none: it was compiled without the generator.</summary>
[RequiresUnreferencedCode(Why)]
[RequiresDynamicCode(Why)]
internal static class ReflectedJobs
{
    private const string Why = "An assembly that Jobs.Sdk's generator has not seen is searched for jobs by reflection.";

    private static readonly Type[] Marks =
    [
        typeof(JobAttribute), typeof(OnUploadAttribute), typeof(OnEventAttribute), typeof(OnScheduleAttribute),
        typeof(OnQueueAttribute), typeof(AfterAttribute),
        typeof(RetryAttribute), typeof(ReadsAttribute), typeof(WritesAttribute), typeof(ListsAttribute),
        typeof(SubmitsAttribute), typeof(NotifyAttribute), typeof(AlarmAttribute), typeof(LabelAttribute),
        typeof(ScaleOnBacklogAttribute), typeof(ScaleOnScheduleAttribute),
    ];

    public static IEnumerable<JobClass> In(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.IsClass && (IsMarked(type) || (!type.IsAbstract && JobContract.All(type).Any())))
        .Select(Of);

    public static JobClass Of(Type type) => new(type, definition => Typed(type, definition));

    private static JobType Typed(Type type, JobDefinition definition)
    {
        var contract = JobContract.Of(type);
        var generic = JobContract.IsHandler(contract) ? typeof(TypedHandler<>) : typeof(TypedJob<,>);
        return (JobType)Activator.CreateInstance(
            generic.MakeGenericType(contract.GetGenericArguments()), type, definition)!;
    }

    /// <summary>
    /// Whether it has one of the attributes of jobs, which do nothing on a class that is none, nor on one that jobs
    /// derive from.
    /// </summary>
    private static bool IsMarked(Type type) =>
        type.CustomAttributes.Any(one => Array.Exists(Marks, mark => mark.IsAssignableFrom(one.AttributeType)));
}
