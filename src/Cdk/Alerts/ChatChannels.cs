using System.Security.Cryptography;
using System.Text;
using Amazon.CDK;
using Amazon.CDK.AWS.Chatbot;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Jobs.Cdk.Alerts;

/// <summary>
/// The channels that are told what the topic is told. The integration subscribes each to the topic; SNS decrypts what
/// it delivers, so the topic's key needs no statement for it.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
/// </summary>
internal sealed class ChatChannels : Construct
{
    /// <summary>
    /// People in a channel can ask the integration to act in the account. Here they can do nothing: neither may the
    /// role do anything, nor does the guardrail let it.
    /// https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
    /// </summary>
    private readonly string _guardrail;

    private readonly Role _role;
    private readonly string[] _topics;

    public ChatChannels(Construct scope, string topicArn, JobRunnerProps props)
        : base(scope, "Chat")
    {
        _topics = [topicArn];
        _guardrail = Stack.Of(this).FormatArn(new ArnComponents
        {
            Service = "iam",
            Region = "",
            Account = "aws",
            Resource = "policy",
            ResourceName = "AWSDenyAll",
        });
        _role = new Role(this, "Role", new RoleProps
        {
            Description = "What people in chat channels may do in the account: nothing",
            AssumedBy = new ServicePrincipal("chatbot.amazonaws.com"),
        });
        foreach (var channel in props.SlackChannels.Distinct()) Add(channel);
        foreach (var channel in props.TeamsChannels.Distinct()) Add(channel);
    }

    private void Add(SlackChannel channel)
    {
        var id = IdOf("Slack", channel.ChannelId);
        _ = new CfnSlackChannelConfiguration(this, id, new CfnSlackChannelConfigurationProps
        {
            ConfigurationName = NameOf(id),
            SlackWorkspaceId = channel.WorkspaceId,
            SlackChannelId = channel.ChannelId,
            IamRoleArn = _role.RoleArn,
            GuardrailPolicies = [_guardrail],
            SnsTopicArns = _topics,
        });
    }

    private void Add(TeamsChannel channel)
    {
        var id = IdOf("Teams", channel.ChannelId);
        _ = new CfnMicrosoftTeamsChannelConfiguration(this, id, new CfnMicrosoftTeamsChannelConfigurationProps
        {
            ConfigurationName = NameOf(id),
            TeamId = channel.TeamId,
            TeamsTenantId = channel.TenantId,
            TeamsChannelId = channel.ChannelId,
            IamRoleArn = _role.RoleArn,
            GuardrailPolicies = [_guardrail],
            SnsTopicArns = _topics,
        });
    }

    /// <summary>
    /// The same for a channel whatever its place in the list: another name would be another configuration.
    /// </summary>
    private static string IdOf(string kind, string channel) =>
        kind + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(channel)))[..8];

    /// <summary>An account has one configuration of a name, at most 128 characters.</summary>
    private string NameOf(string id) => $"{Stack.Of(this).StackName}-{id}";
}
