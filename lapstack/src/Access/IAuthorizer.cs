namespace Lapstack.Access;

/// <summary>
/// For calls between services that never pass the wire: a rule that sends to a queue, an event source that polls one,
/// a log driver that writes with the execution role.
/// </summary>
public interface IAuthorizer
{
    /// <summary>
    /// Null when allowed. A refusal is reported, with the statement and the grant that would allow it, to who watches.
    /// </summary>
    AccessRefusal? Refusal(Caller caller, AccessRequest request);

    /// <summary>
    /// As <see cref="Refusal"/>, and nothing is reported: for what the caller has not asked, and what only decides how
    /// much it is told.
    /// </summary>
    AccessRefusal? SilentRefusal(Caller caller, AccessRequest request) => Refusal(caller, request);
}
