using System.Diagnostics.CodeAnalysis;
using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>
/// Starts the job when a run of another job has ended, named as it is declared: for jobs of an image without .NET code.
/// The job's input is <see cref="Ended{T}"/> of any type. Of an array, each item's run is followed; the array's own run
/// is not.
/// </summary>
/// <param name="job">Name of the other job.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public class AfterAttribute(string job) : Attribute
{
    /// <summary>Name of the other job.</summary>
    public string Job { get; } = job;

    /// <summary>Which ends count. Default Success.</summary>
    public AfterOutcome On { get; set; } = AfterOutcome.Success;

    /// <summary>The other job's class; null when only its name is known.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)]
    internal virtual Type? Class => null;
}
