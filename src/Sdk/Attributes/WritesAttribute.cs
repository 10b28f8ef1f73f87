namespace Jobs;

/// <summary>Lets the job write objects of the runner's bucket under a prefix.</summary>
/// <param name="prefix">Beginning of the keys, literal: no wildcards.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class WritesAttribute(string prefix) : Attribute
{
    /// <summary>Beginning of the keys.</summary>
    public string Prefix { get; } = prefix;
}
