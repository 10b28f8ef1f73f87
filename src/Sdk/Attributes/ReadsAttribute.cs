namespace Jobs;

/// <summary>
/// Lets the job read and list objects of the runner's bucket under a prefix, besides those its upload triggers name.
/// </summary>
/// <param name="prefix">Beginning of the keys, literal: no wildcards.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ReadsAttribute(string prefix) : Attribute
{
    /// <summary>Beginning of the keys.</summary>
    public string Prefix { get; } = prefix;
}
