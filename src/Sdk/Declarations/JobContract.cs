using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Definitions;
using Jobs.Sdk.Attributes;

namespace Jobs.Sdk.Declarations;

/// <summary>What makes a class a job: an IJob or an IMessageHandler, and attributes that go with it.</summary>
internal static class JobContract
{
    /// <summary>What of a class must be left to see it when a program is trimmed.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.Interfaces;

    /// <summary>Those that a class implements.</summary>
    public static IEnumerable<Type> All([DynamicallyAccessedMembers(Needed)] Type type) => type.GetInterfaces()
        .Where(face => face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(IJob<,>) || IsHandler(face)));

    public static bool IsHandler(Type contract) => contract.GetGenericTypeDefinition() == typeof(IMessageHandler<>);

    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type Of([DynamicallyAccessedMembers(Needed)] Type type)
    {
        var contracts = All(type).ToList();
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

    /// <summary>Type of a job's result.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type ResultOf([DynamicallyAccessedMembers(Needed)] Type type) =>
        Of(type) is var contract && IsHandler(contract)
            ? typeof(DrainSummary)
            : contract.GetGenericArguments()[1];

    /// <summary>Whether it has a queue: by its own attribute, or for the uploads that come as a handler's
    /// messages.</summary>
    public static bool HasQueue([DynamicallyAccessedMembers(Needed)] Type type) => Has<OnQueueAttribute>(type)
        || (Has<OnUploadAttribute>(type) && All(type).Any(IsHandler));

    private static bool Has<T>(Type type)
        where T : Attribute => type.IsDefined(typeof(T), inherit: false);

    /// <exception cref="JobDeclarationException">A queue without a handler, or a handler without a queue.</exception>
    private static void CheckQueue([DynamicallyAccessedMembers(Needed)] Type type, Type contract)
    {
        var hasQueue = HasQueue(type);
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
                "Put [OnQueue] on the class, or [OnUpload] if its messages are uploads; or implement IJob<TInput, " +
                "TResult>, if its runs are to be started in another way."));
    }

    /// <exception cref="JobDeclarationException">What scales a queue's tasks, without a queue.</exception>
    private static void CheckScaling(Type type)
    {
        Type[] scaling = [typeof(ScaleOnBacklogAttribute), typeof(ScaleOnScheduleAttribute)];
        if (Has<OnQueueAttribute>(type)) return;
        if (Array.Find(scaling, one => type.IsDefined(one, inherit: false)) is not { } idle) return;
        var name = idle.Name[..^nameof(Attribute).Length];
        throw new JobDeclarationException(new DefinitionError(
            JobName.Of(type),
            "what scales the tasks of a queue stands beside [OnQueue]",
            $"[{name}] on a class without [OnQueue]",
            $"Take [{name}] away; or implement IMessageHandler<T> and put [OnQueue(Mode = QueueMode.Service)] on the " +
            "class."));
    }
}
