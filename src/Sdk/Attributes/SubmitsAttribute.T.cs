using Jobs.Sdk.Attributes;

namespace Jobs;

/// <summary>Lets the job submit runs of another job.</summary>
/// <typeparam name="TJob">The other job's class.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SubmitsAttribute<TJob>() : SubmitsAttribute(JobName.Of(typeof(TJob)))
    where TJob : class;
