namespace Jobs;

/// <summary>
/// Calls every run of this job so, to be found with <c>dotnet jobs runs --label team=billing</c>. Several on one job
/// are several labels, each of its own name. What the sender of a run, or the job's code, gives under the same name
/// takes its place. A run has at most five labels, of 200 characters in all; a declared one that does not fit beside
/// its sender's is left out.
/// </summary>
/// <param name="name">1 to 32 of a-z, 0-9, '.' and '-'.</param>
/// <param name="value">1 to 64 printable characters.</param>
/// <example><code>
/// [Label("team", "billing")]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class LabelAttribute(string name, string value) : Attribute
{
    /// <summary>1 to 32 of a-z, 0-9, '.' and '-'.</summary>
    public string Name { get; } = name;

    /// <summary>1 to 64 printable characters.</summary>
    public string Value { get; } = value;
}
