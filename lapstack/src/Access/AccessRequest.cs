namespace Lapstack.Access;

/// <summary>One thing a caller asks to do, in IAM's terms.</summary>
/// <param name="Action">Such as <c>dynamodb:PutItem</c>.</param>
/// <param name="Resource">The full ARN, or <c>*</c> for actions without a resource.</param>
/// <param name="Context">
/// The condition keys of this request, such as <c>dynamodb:LeadingKeys</c>. A key that is absent here is absent for
/// <c>Null</c> and <c>…IfExists</c>; an empty array is present and empty. Wire adds the global keys
/// (<c>aws:SecureTransport</c>, <c>aws:PrincipalArn</c>, …).
/// </param>
public sealed record AccessRequest(string Action, string Resource, IReadOnlyDictionary<string, string[]> Context)
{
    private static readonly IReadOnlyDictionary<string, string[]> NoContext = new Dictionary<string, string[]>();

    public AccessRequest(string action, string resource)
        : this(action, resource, NoContext)
    {
    }
}
