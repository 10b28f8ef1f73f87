using System.Text.RegularExpressions;

namespace Jobs.Cdk.Alerts;

/// <summary>
/// What channels must satisfy.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html
/// </summary>
internal static partial class ChatRules
{
    public static IEnumerable<string> Check(JobRunnerProps props)
    {
        foreach (var channel in props.SlackChannels)
        {
            if (!Workspace().IsMatch(channel.WorkspaceId))
            {
                yield return Fault("the WorkspaceId of a SlackChannel", "T0123ABCD", channel.WorkspaceId);
            }

            if (!Channel().IsMatch(channel.ChannelId))
            {
                yield return Fault("the ChannelId of a SlackChannel", "C0123ABCD", channel.ChannelId);
            }
        }

        foreach (var channel in props.TeamsChannels)
        {
            foreach (var (name, id) in new[] { ("TeamId", channel.TeamId), ("TenantId", channel.TenantId) })
            {
                if (!Uuid().IsMatch(id)) yield return Fault($"the {name} of a TeamsChannel", "a UUID", id);
            }

            if (!TeamsId().IsMatch(channel.ChannelId))
            {
                yield return Fault(
                    "the ChannelId of a TeamsChannel", "19%3a…%40thread.tacv2, percent-encoded", channel.ChannelId);
            }
        }
    }

    private static string Fault(string what, string form, string value) =>
        $"{char.ToUpperInvariant(what[0])}{what[1..]} has the form {form} (declared: {value}). Copy it from the " +
        "channel's link.";

    [GeneratedRegex("^[0-9A-Z]{1,255}$")]
    private static partial Regex Workspace();

    [GeneratedRegex("^[A-Za-z0-9]{1,256}$")]
    private static partial Regex Channel();

    [GeneratedRegex("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex("^(?=.{1,256}$)[A-Za-z0-9_=+/.,-]*%3[aA][A-Za-z0-9_=+/.,-]*%40[A-Za-z0-9_=+/.,-]*$")]
    private static partial Regex TeamsId();
}
