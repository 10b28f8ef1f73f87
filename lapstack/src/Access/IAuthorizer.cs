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
}
