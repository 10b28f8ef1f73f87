using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.SimpleNotificationService;
using Jobs.Aws.Alerts;
using Jobs.Core.Alerts;

namespace Jobs.Tests.Unit.Aws;

/// <summary>One publish for addresses and chat channels.</summary>
public sealed class ChatNotificationTests
{
    private readonly StubWire _wire = new();

    [Fact]
    public async Task Address_gets_the_text_and_a_channel_AWSs_own_format()
    {
        var form = await PublishAsync(AlertOf("Zeile 1\nÜ & + %") with { Job = "orders" });

        Assert.Equal(("json", "subject"), (form["MessageStructure"], form["Subject"]));
        var message = JsonNode.Parse(form["Message"]!)!.AsObject();
        Assert.Equal(["default", "https"], message.Select(member => member.Key));
        Assert.Equal("Zeile 1\nÜ & + %", (string?)message["default"]);
        Assert.Equal(
            """{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":"shop: it failed","description":"*WHY*","nextSteps":["Mend it."]},"metadata":{"threadId":"x-0800","summary":"shop: it failed","eventType":"jobs-alert","additionalContext":{"job":"orders"}}}""",
            (string?)message["https"]);
    }

    [Fact]
    public async Task Success_and_a_stack_without_channels_are_told_as_before()
    {
        var success = await PublishAsync(AlertOf("b") with { IsSuccess = true });
        var plain = await PublishAsync(AlertOf("b"), hasChat: false);

        Assert.All(
            (IDictionary<string, string?>[])[success, plain],
            form => Assert.Equal(("b", false), (form["Message"], form.ContainsKey("MessageStructure"))));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('ü')]
    public async Task Text_that_leaves_no_room_for_both_is_cut(char of)
    {
        var form = await PublishAsync(AlertOf(new string(of, 262_144)));

        Assert.InRange(Encoding.UTF8.GetByteCount(form["Message"]!), 1, 262_144);
        var message = JsonNode.Parse(form["Message"]!)!;
        Assert.EndsWith("…", (string?)message["default"], StringComparison.Ordinal);
        Assert.Equal("1.0", (string?)JsonNode.Parse((string)message["https"]!)!["version"]);
    }

    private static Alert AlertOf(string body) => new("subject", body)
    {
        Chat = new("shop: it failed", "*WHY*", ["Mend it."], "x-0800"),
    };

    private async Task<Dictionary<string, string?>> PublishAsync(Alert alert, bool hasChat = true)
    {
        _wire.Answer(
            """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>""");
        using var sns = new AmazonSimpleNotificationServiceClient(
            StubWire.Credentials, _wire.Configure(new AmazonSimpleNotificationServiceConfig()));
        await new SnsAlerts(sns, "alerts", "successes", hasChat).PublishAsync(alert, CancellationToken.None);
        return _wire.Requests[^1].Body.Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => (string?)WebUtility.UrlDecode(pair[1]));
    }
}
