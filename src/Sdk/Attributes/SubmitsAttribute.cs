namespace Jobs;

/// <summary>
/// Lets the job submit runs of another job, named as it is declared: for jobs of an image without .NET code.
/// </summary>
/// <param name="job">Name of the job.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public class SubmitsAttribute(string job) : Attribute
{
    /// <summary>Name of the other job.</summary>
    public string Job { get; } = job;
}
