using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Sts;

/// <summary>
/// STS: who am I, which AWS allows every caller to ask, and sessions of roles, which the role's trust policy decides.
/// </summary>
internal sealed partial class StsService : QueryService
{
    /// <summary>A role's default, which is also the most that a role may give another.</summary>
    private const int DefaultSeconds = 3600;

    private const int LeastSeconds = 900;

    private readonly ICredentialIssuer _issuer;

    public StsService(ICredentialIssuer issuer)
        : base("sts", "https://sts.amazonaws.com/doc/2011-06-15/")
    {
        _issuer = issuer;
        Add("GetCallerIdentity", call => call.Answer([], _ => Task.FromResult<IEnumerable<XElement>>(
        [
            new("Arn", call.Request.Caller.Arn),
            new("UserId", call.Request.Caller.UserId),
            new("Account", call.Request.Caller.AccountId),
        ])));
        Add(RoleAssumption.Action.Split(':')[1], ReadAssumeRole);
    }

    /// <summary>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html</summary>
    private Operation ReadAssumeRole(QueryCall call)
    {
        foreach (var field in call.Fields.Keys)
        {
            if (field is "Policy" || field.StartsWith("PolicyArns.", StringComparison.Ordinal))
                throw ServiceError.Unsupported(Name, $"AssumeRole with {field}");
        }

        var (role, session) = (Required(call, "RoleArn", RoleArn()), Required(call, "RoleSessionName", SessionName()));
        var seconds = Seconds(call);
        var context = new Dictionary<string, string[]> { ["sts:RoleSessionName"] = [session] };
        if (call.Field("ExternalId") is { } external) context["sts:ExternalId"] = [external];
        return call.Answer([new AccessRequest(RoleAssumption.Action, role, context)], _ =>
            Task.FromResult(Answer(role, session, TimeSpan.FromSeconds(seconds))));
    }

    private IEnumerable<XElement> Answer(string role, string session, TimeSpan lifetime)
    {
        var (issued, caller) = (_issuer.Issue(role, session, lifetime), Caller.Session(role, session));
        return
        [
            new(
                "Credentials",
                new XElement("AccessKeyId", issued.AccessKeyId),
                new XElement("SecretAccessKey", issued.SecretAccessKey),
                new XElement("SessionToken", issued.SessionToken),
                new XElement("Expiration", IsoTime.Seconds(issued.Expiration))),
            new(
                "AssumedRoleUser",
                new XElement("AssumedRoleId", caller.UserId),
                new XElement("Arn", caller.Arn)),
        ];
    }

    private static int Seconds(QueryCall call)
    {
        var text = call.Field("DurationSeconds") ?? DefaultSeconds.ToString(CultureInfo.InvariantCulture);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= LeastSeconds and <= DefaultSeconds
            ? seconds
            : throw new ServiceError(
                "ValidationError",
                $"DurationSeconds must be from {LeastSeconds} to the role's MaxSessionDuration, {DefaultSeconds}.");
    }

    private static string Required(QueryCall call, string field, Regex form) =>
        call.Field(field) is { } text && form.IsMatch(text)
            ? text
            : throw new ServiceError(
                "ValidationError",
                $"Value '{call.Field(field)}' at '{field}' failed to satisfy constraint: Member must satisfy regular " +
                $"expression pattern: {form}");

    [GeneratedRegex(@"^arn:aws:iam::\d{12}:role/.+\z", RegexOptions.CultureInvariant)]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[\w+=,.@-]{2,64}\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex SessionName();
}
