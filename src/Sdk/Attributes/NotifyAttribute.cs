namespace Jobs;

/// <summary>
/// Tells an address about this job, beside the runner's list. Several on one job are several addresses. An address has
/// one subscription for the failures of all jobs that name it, and one for their successes, and must confirm each.
/// </summary>
/// <param name="email">The address.</param>
/// <example><code>
/// [Notify("orders@example.com", On = NotifyOn.Always)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class NotifyAttribute(string email) : Attribute
{
    /// <summary>The address.</summary>
    public string Email { get; } = email;

    /// <summary>What it is told of: Failure, Success or Always. Default Failure.</summary>
    public NotifyOn On { get; set; } = NotifyOn.Failure;
}
