using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Jobs.Sdk.Declarations;

/// <summary>The jobs that were found when their assemblies were compiled.</summary>
internal static class JobRegistry
{
    private static readonly ConcurrentDictionary<Assembly, ConcurrentDictionary<Type, JobClass>> Jobs = new();

    public static void Add(JobClass job) => Jobs.GetOrAdd(job.Type.Assembly, _ => new())[job.Type] = job;

    /// <summary>Null when none was registered.</summary>
    public static IEnumerable<JobClass>? In(Assembly assembly)
    {
        // An assembly registers its jobs when its code is used first; of a stack's worker only types are named.
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return Jobs.TryGetValue(assembly, out var jobs) ? jobs.Values : null;
    }

    /// <summary>Null when the class was not registered.</summary>
    public static JobClass? Find(Type type) => In(type.Assembly)?.FirstOrDefault(job => job.Type == type);
}
