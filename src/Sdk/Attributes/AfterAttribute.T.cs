using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Definitions;
using Jobs.Sdk.Attributes;

namespace Jobs;

/// <summary>
/// Starts the job when a run of another job has ended. With the default, <see cref="AfterOutcome.Success"/>, the job's
/// input is the other's result, or <see cref="Ended{T}"/> of it; with any other, <see cref="Ended{T}"/>.
/// </summary>
/// <example><code>
/// [After&lt;CsvImport&gt;(On = AfterOutcome.Always)]
/// public sealed class Report : IJob&lt;Ended&lt;CsvSummary&gt;, Report.Written&gt;
/// </code></example>
/// <typeparam name="TJob">The other job's class.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class AfterAttribute<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] TJob>()
    : AfterAttribute(JobName.Of(typeof(TJob)))
    where TJob : class
{
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)]
    internal override Type Class => typeof(TJob);
}
