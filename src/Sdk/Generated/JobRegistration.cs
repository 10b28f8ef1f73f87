using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Ground;

namespace Jobs.Generated;

/// <summary>
/// For code that the package generates: tells the host what an assembly has, before anything of it is used.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobRegistration
{
    /// <summary>Registers a job.</summary>
    /// <typeparam name="TJob">Its class.</typeparam>
    /// <typeparam name="TInput">What it takes.</typeparam>
    /// <typeparam name="TResult">What it gives.</typeparam>
    public static void Add<[DynamicallyAccessedMembers(JobClass.Needed)] TJob, TInput, TResult>()
        where TJob : class, IJob<TInput, TResult> =>
        JobRegistry.Add(new(
            typeof(TJob), static definition => new TypedJob<TInput, TResult>(typeof(TJob), definition)));

    /// <summary>Registers a queue's job.</summary>
    /// <typeparam name="THandler">Its class.</typeparam>
    /// <typeparam name="TMessage">The messages that it takes.</typeparam>
    public static void AddHandler<[DynamicallyAccessedMembers(JobClass.Needed)] THandler, TMessage>()
        where THandler : class, IMessageHandler<TMessage> =>
        JobRegistry.Add(new(
            typeof(THandler), static definition => new TypedHandler<TMessage>(typeof(THandler), definition)));

    /// <summary>Registers how types are read and written.</summary>
    /// <param name="context">The author's. The host's own names and rules hold, and not its options.</param>
    public static void AddJson(JsonSerializerContext context) => JobJson.Contexts.Add(context);

    /// <summary>Registers an enum that a context has.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static void AddEnum<T>()
        where T : struct, Enum => JobJson.Enums.Add<T>();
}
