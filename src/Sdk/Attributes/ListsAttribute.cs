namespace Jobs;

/// <summary>
/// Lets the job list the keys of the runner's bucket under a prefix, without reading the objects.
/// <see cref="ReadsAttribute"/> allows both.
/// </summary>
/// <param name="prefix">Beginning of the keys, literal: no wildcards. Empty for all keys.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ListsAttribute(string prefix) : Attribute
{
    /// <summary>Beginning of the keys.</summary>
    public string Prefix { get; } = prefix;
}
