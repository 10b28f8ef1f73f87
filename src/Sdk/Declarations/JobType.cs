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
        var contract = ContractOf(type);
        var types = contract.GetGenericArguments();
        var definition = Declaration.Read(type, input: types[0]);
        var generic = IsHandler(contract) ? typeof(TypedHandler<>) : typeof(TypedJob<,>);
        return (JobType)Activator.CreateInstance(generic.MakeGenericType(types), type, definition)!;
    }

    /// <summary>Type of a job's input.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type InputOf(Type type) => ContractOf(type).GetGenericArguments()[0];

    /// <summary>Type of a job's result.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type ResultOf(Type type) =>
        ContractOf(type) is var contract && IsHandler(contract)
            ? typeof(DrainSummary)
            : contract.GetGenericArguments()[1];

    private static IEnumerable<Type> Classes(Assembly assembly) =>
        assembly.GetTypes().Where(
            type => type.IsClass && (IsMarked(type) || (!type.IsAbstract && Contracts(type).Any())));

    /// <summary>
    /// Whether it has one of the attributes of jobs, which do nothing on a class that is none, nor on one that jobs
    /// derive from.
    /// </summary>
    private static bool IsMarked(Type type) =>
        type.CustomAttributes.Any(one => Array.Exists(Marks, mark => mark.IsAssignableFrom(one.AttributeType)));

    private static IEnumerable<Type> Contracts(Type type) => type.GetInterfaces()
        .Where(face => face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(IJob<,>) || IsHandler(face)));

    private static bool IsHandler(Type contract) => contract.GetGenericTypeDefinition() == typeof(IMessageHandler<>);

    private static Type ContractOf(Type type)
    {
        var contracts = Contracts(type).ToList();
        if (contracts.Count != 1 || type.IsAbstract || type.ContainsGenericParameters)
        {
            throw new JobDeclarationException(new DefinitionError(
                JobName.Of(type),
                "a job is a concrete class that implements IJob<TInput, TResult>, or IMessageHandler<T>, once",
                contracts.Count == 1
                    ? $"{type} is abstract or generic"
                    : $"{type} implements them {contracts.Count} times",
                "Give each input type a class of its own."));
        }

        CheckQueue(type, contracts[0]);
        CheckScaling(type);
        return contracts[0];
    }

    /// <exception cref="JobDeclarationException">A queue without a handler, or a handler without a queue.</exception>
    private static void CheckQueue(Type type, Type contract)
    {
        var hasQueue = type.IsDefined(typeof(OnQueueAttribute), inherit: false);
        if (hasQueue == IsHandler(contract)) return;
        var input = contract.GetGenericArguments()[0].Name;
        throw new JobDeclarationException(hasQueue
            ? new DefinitionError(
                JobName.Of(type),
                "the messages of a queue go to an IMessageHandler<T>",
                $"[OnQueue] on an IJob<{input}, …>",
                $"Implement IMessageHandler<{input}>, which gets one message at a time; or take [OnQueue] away and " +
                "start the job in another way.")
            : new DefinitionError(
                JobName.Of(type),
                "a handler has a queue that its messages come from",
                $"an IMessageHandler<{input}> without [OnQueue]",
                "Put [OnQueue] on the class; or implement IJob<TInput, TResult>, if its runs are to be started in " +
                "another way."));
    }

    /// <exception cref="JobDeclarationException">What scales a queue's tasks, without a queue.</exception>
    private static void CheckScaling(Type type)
    {
        Type[] scaling = [typeof(ScaleOnBacklogAttribute), typeof(ScaleOnScheduleAttribute)];
        if (type.IsDefined(typeof(OnQueueAttribute), inherit: false)) return;
        if (Array.Find(scaling, one => type.IsDefined(one, inherit: false)) is not { } idle) return;
        var name = idle.Name[..^nameof(Attribute).Length];
        throw new JobDeclarationException(new DefinitionError(
            JobName.Of(type),
            "what scales the tasks of a queue stands beside [OnQueue]",
            $"[{name}] on a class without a queue",
            $"Take [{name}] away; or implement IMessageHandler<T> and put [OnQueue(Mode = QueueMode.Service)] on the " +
            "class."));
    }
}
