using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>Channels of Slack and Teams that are told what the runner's list is told.</summary>
public sealed class ChatTests
{
    private const string Slack = "AWS::Chatbot::SlackChannelConfiguration";
    private const string Teams = "AWS::Chatbot::MicrosoftTeamsChannelConfiguration";

    private static readonly TeamsChannel Team = new(
        "0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7", "19%3aab6ef35%40thread.tacv2");

    [Fact]
    public void Channel_is_subscribed_to_the_alerts_and_may_do_nothing()
    {
        var template = Of(Synthesis.AnyRunner with
        {
            SlackChannels = [new SlackChannel("T0123ABCD", "C0123ABCD"), new SlackChannel("T0123ABCD", "C0123ABCD")],
            TeamsChannels = [Team],
        });
        var (slack, teams) = (Assert.Single(template.OfType(Slack)), Assert.Single(template.OfType(Teams)));

        Assert.Equal(("T0123ABCD", "C0123ABCD"), (slack["SlackWorkspaceId"], slack["SlackChannelId"]));
        Assert.Equal(
            (Team.TeamId, Team.TenantId, Team.ChannelId),
            (teams["TeamId"], teams["TeamsTenantId"], teams["TeamsChannelId"]));
        Assert.All((Resource[])[slack, teams], channel =>
        {
            Assert.Equal("<JobsAlertsTopic>", channel["SnsTopicArns"]);
            Assert.Equal("arn:<AWS::Partition>:iam::aws:policy/AWSDenyAll", channel["GuardrailPolicies"]);
            Assert.Equal("<JobsAlertsChatRole.Arn>", channel["IamRoleArn"]);
            Assert.Matches("^jobs-(Slack|Teams)[0-9A-F]{8}$", channel["ConfigurationName"]);
        });
        var role = template.Named("JobsAlertsChatRole");
        Assert.Empty(Readable.Policies(template, role));
        Assert.Null(role["ManagedPolicyArns"]);
        Assert.Contains("chatbot.amazonaws.com", role["AssumeRolePolicyDocument"]!, StringComparison.Ordinal);
        Assert.All(Functions(template), chat => Assert.Equal("1", chat));
    }

    [Fact]
    public void Stack_of_the_guide_has_its_channel()
    {
        JobRunnerProps props =
            new JobRunnerProps
            {
                AdminEmails = ["ops@example.com"],
                SlackChannels = [new SlackChannel("T0123ABCD", "C0123ABCD")],
            };

        Assert.Single(Of(props with { FunctionsFolder = Synthesis.AnyRunner.FunctionsFolder }).OfType(Slack));
    }

    [Fact]
    public void Stack_without_channels_has_nothing_of_them()
    {
        var template = Shapes.Typical.Template;

        Assert.DoesNotContain(
            template.Resources, one => one.Type.StartsWith("AWS::Chatbot", StringComparison.Ordinal));
        Assert.All(Functions(template), Assert.Null);
    }

    [Theory]
    [InlineData("t0", "C0123ABCD", "WorkspaceId of a SlackChannel has the form T0123ABCD (declared: t0)")]
    [InlineData("T0123ABCD", "#ops", "ChannelId of a SlackChannel has the form C0123ABCD (declared: #ops)")]
    public void Slack_id_that_is_none_is_refused(string workspace, string channel, string error) =>
        Refuses(Synthesis.AnyRunner with { SlackChannels = [new SlackChannel(workspace, channel)] }, error);

    [Fact]
    public void Teams_id_that_is_none_is_refused()
    {
        Refuses(Synthesis.AnyRunner with { TeamsChannels = [Team with { TeamId = "x" }] }, "TeamId of a TeamsChannel");
        Refuses(
            Synthesis.AnyRunner with { TeamsChannels = [Team with { TenantId = "x" }] }, "TenantId of a TeamsChannel");
        Refuses(
            Synthesis.AnyRunner with { TeamsChannels = [Team with { ChannelId = "19:a@thread.tacv2" }] },
            "ChannelId of a TeamsChannel");
    }

    private static void Refuses(JobRunnerProps props, string error) =>
        Assert.Contains(error, Assert.ThrowsAny<Exception>(() => Of(props)).Message, StringComparison.Ordinal);

    private static Template Of(JobRunnerProps props) => Synthesis.Of(
        (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage), _ => props).Template;

    private static IEnumerable<string?> Functions(Template template) => template.OfType("AWS::Lambda::Function")
        .Select(function => (string?)function.Properties["Environment"]!["Variables"]![EnvironmentNames.Chat]);
}
