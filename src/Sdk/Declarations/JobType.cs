using System.Reflection;
using Jobs.Core.Definitions;

namespace Jobs.Declarations;

/// <summary>A class that is a job: what it declares, and how to run it without knowing its types.</summary>
internal abstract class JobType(Type type, Type input, JobDefinition definition)
{
    public Type Type => type;

    public Type Input => input;

    /// <summary>The definition without the schema of its input.</summary>
    public JobDefinition Definition => definition;

    /// <exception cref="JobDeclarationException">A class is marked as a job but cannot be one.</exception>
    public static IEnumerable<JobType> In(Assembly assembly) => Classes(assembly).Select(Of);

    /// <summary>The job of this name, reading no other class's declaration; null when there is none.</summary>
    /// <exception cref="JobDeclarationException">The class of this name cannot be a job.</exception>
    public static JobType? Find(IEnumerable<Assembly> assemblies, string name) =>
        assemblies.SelectMany(Classes).FirstOrDefault(type => Declaration.NameOf(type) == name) is { } found ? Of(found) : null;

    /// <summary>Names of the jobs in these assemblies.</summary>
    public static IEnumerable<string> Names(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(Classes).Select(Declaration.NameOf).Order(StringComparer.Ordinal);

    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static JobType Of(Type type)
    {
        var contract = ContractOf(type);
        var types = contract.GetGenericArguments();
        var definition = Declaration.Read(type, input: types[0]);
        return (JobType)Activator.CreateInstance(typeof(TypedJob<,>).MakeGenericType(types), type, definition)!;
    }

    /// <summary>Runs the job on an input as JSON and answers its result as JSON.</summary>
    /// <exception cref="JobFailedException">The input is not what the job takes, or its result cannot be written.</exception>
    public abstract Task<string> RunAsync(object job, string input, JobContext context, CancellationToken stop);

    private static IEnumerable<Type> Classes(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && (Contracts(type).Any() || IsMarked(type)));

    private static bool IsMarked(Type type) => type.IsDefined(typeof(JobAttribute), inherit: false);

    private static IEnumerable<Type> Contracts(Type type) =>
        type.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IJob<,>));

    /// <summary>Type of a job's input.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type InputOf(Type type) => ContractOf(type).GetGenericArguments()[0];

    /// <summary>Type of a job's result.</summary>
    /// <exception cref="JobDeclarationException">The class cannot be a job.</exception>
    public static Type ResultOf(Type type) => ContractOf(type).GetGenericArguments()[1];

    private static Type ContractOf(Type type)
    {
        var contracts = Contracts(type).ToList();
        if (contracts.Count == 1 && type is { IsAbstract: false, ContainsGenericParameters: false }) return contracts[0];
        throw new JobDeclarationException(new DefinitionError(
            Declaration.NameOf(type),
            "a job is a concrete class that implements IJob<TInput, TResult> once",
            contracts.Count == 1 ? $"{type} is abstract or generic" : $"{type} implements it {contracts.Count} times",
            "Give each input type a class of its own."));
    }
}
