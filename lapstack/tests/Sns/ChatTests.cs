using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sns;

public sealed class ChatTests
{
    private const string TopicArn = "arn:aws:sns:us-east-1:000000000000:alerts";

    private const string Custom = """{"version":"1.0","source":"custom","content":{"title":"nightly failed","description":"It broke."}}""";

    private const string Template = """
        {
          "Alerts": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" } },
          "Mail": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "email", "Endpoint": "ops@example.com" } },
          "Slack": { "Type": "AWS::Chatbot::SlackChannelConfiguration", "Properties": { "ConfigurationName": "ops", "SlackWorkspaceId": "T0", "SlackChannelId": "C0",
            "IamRoleArn": "arn:aws:iam::000000000000:role/chat", "SnsTopicArns": [ { "Ref": "Alerts" } ] } },
          "Teams": { "Type": "AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "Properties": { "ConfigurationName": "team", "TeamId": "i", "TeamsTenantId": "j",
            "TeamsChannelId": "19%3aa%40thread.tacv2", "IamRoleArn": "arn:aws:iam::000000000000:role/chat", "SnsTopicArns": [ { "Ref": "Alerts" } ] } }
        }
        """;

    [Fact]
    public async Task Each_channel_gets_what_is_meant_for_chats_and_the_address_the_text()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack);

        await sns.PublishAsync(new PublishRequest(TopicArn, new JsonObject
        {
            ["default"] = "plain text",
            ["https"] = Custom,
        }.ToJsonString(), "subject")
        { MessageStructure = "json" });

        var chats = await EntriesAsync(stack, "Chat", 2);
        Assert.Equal(
            ["Slack channel C0: nightly failed", "Teams channel 19%3aa%40thread.tacv2: nightly failed"],
            chats.Select(chat => $"{chat["to"]}: {chat["title"]}").Order());
        foreach (var chat in chats) Assert.Equal(Custom, await File.ReadAllTextAsync(chat["path"]));
        var mail = Assert.Single(await EntriesAsync(stack, "Email", 1));
        Assert.EndsWith("plain text\r\n", await File.ReadAllTextAsync(mail["path"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarms_are_shown_and_what_is_in_no_format_is_dropped_aloud()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack);

        await sns.PublishAsync(new PublishRequest(TopicArn, """{"AlarmName":"behind","NewStateValue":"ALARM"}"""));
        await sns.PublishAsync(new PublishRequest(TopicArn, "only text"));

        Assert.All(
            await EntriesAsync(stack, "Chat", 2), chat => Assert.Equal("ALARM: behind", chat["title"]));
        await EntriesAsync(stack, "ChatDropped", 1);
    }

    private static AmazonSimpleNotificationServiceClient Client(EmulatedStack stack) => new(
        EmulatedStack.Owner,
        new AmazonSimpleNotificationServiceConfig { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1" });

    /// <summary>The details of the first entries of a kind.</summary>
    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> EntriesAsync(
        EmulatedStack stack, string kind, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var found = new List<IReadOnlyDictionary<string, string>>();
        await foreach (var entry in stack.Host.Activity.ReadAsync(limit.Token))
        {
            if (entry.Kind != kind) continue;
            found.Add(entry.Details ?? new Dictionary<string, string>());
            if (found.Count == count) return found;
        }

        throw new InvalidOperationException("The activity ended.");
    }
}
