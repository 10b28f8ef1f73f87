using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Jobs.Aws;
using Jobs.Aws.Alerts;
using Jobs.Core.Alerts;

namespace Jobs.Tests.Unit.Aws;

public sealed class MessagingTests
{
    private readonly StubWire _wire = new();

    [Fact]
    public async Task Alert_is_published_with_subject_and_body_as_written()
    {
        _wire.Answer(
            """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>""");
        using var sns = new AmazonSimpleNotificationServiceClient(
            StubWire.Credentials, _wire.Configure(new AmazonSimpleNotificationServiceConfig()));

        await new SnsAlerts(sns, "arn:aws:sns:eu-central-1:123456789012:alerts", null)
            .PublishAsync(Alert("shop: it failed [x]", "Zeile 1\nÜ & + %"), CancellationToken.None);

        var form = Assert.Single(_wire.Requests).Body.Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));
        Assert.Equal(
            ("Publish", "arn:aws:sns:eu-central-1:123456789012:alerts", "shop: it failed [x]", "Zeile 1\nÜ & + %"),
            (form["Action"], form["TopicArn"], form["Subject"], form["Message"]));
    }

    [Theory]
    [InlineData(false, "successes", "alerts")]
    [InlineData(true, "successes", "successes")]
    [InlineData(true, null, null)]
    public async Task Alert_about_a_job_goes_to_the_topic_of_its_kind_with_the_jobs_name_beside_it(
        bool isSuccess, string? successes, string? expected)
    {
        _wire.Answer(
            """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>""");
        using var sns = new AmazonSimpleNotificationServiceClient(
            StubWire.Credentials, _wire.Configure(new AmazonSimpleNotificationServiceConfig()));

        await new SnsAlerts(sns, "alerts", successes).PublishAsync(
            Alert("s", "b") with { Job = "orders", IsSuccess = isSuccess }, CancellationToken.None);

        var forms = _wire.Requests.Select(request => request.Body.Split('&')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1])));
        const string Attribute = "MessageAttributes.entry.1.";
        Assert.Equal(
            expected is null ? [] : [(expected, "job", "String", "orders")],
            forms.Select(form => (form["TopicArn"], form[Attribute + "Name"], form[Attribute + "Value.DataType"],
                form[Attribute + "Value.StringValue"])));
    }

    [Fact]
    public async Task Dead_letter_is_the_message_unchanged_with_its_reason_beside_it()
    {
        const string Body = "{\"job\": \"größe\"}";

        await SendAsync(Body, "No such job.");

        Assert.Equal("SendMessage", Assert.Single(_wire.Requests).Operation);
        Assert.Equal(Body, (string)_wire.Json()["MessageBody"]!);
        Assert.Equal(
            """{"DataType":"String","StringValue":"No such job."}""",
            _wire.Json()["MessageAttributes"]!["reason"]!.ToJsonString());
        Assert.Equal(
            """{"DataType":"String","StringValue":"AROA:job"}""",
            _wire.Json()["MessageAttributes"]!["senders"]!.ToJsonString());
    }

    [Fact]
    public async Task Reason_has_only_characters_that_SQS_takes()
    {
        await SendAsync("{}", "a\u0000b\ud800c\uffffd\u001be\tf\ng😀");

        Assert.Equal("a�b�c�d�e\tf\ng😀", (string)_wire.Json()["MessageAttributes"]!["reason"]!["StringValue"]!);
    }

    /// <summary>
    /// The size limit of a queue is for the message; of its reason as much is sent as fits beside it.
    /// </summary>
    [Theory]
    [InlineData(100, 4_096)]
    [InlineData(262_144 - 1_000, 322)]
    [InlineData(262_144 - 60, null)]
    [InlineData(262_144, 4_096)]
    [InlineData(1_048_576, null)]
    public async Task Reason_takes_no_more_bytes_than_its_message_leaves(int bytes, int? length)
    {
        await SendAsync(new string('x', bytes), new string('ü', 10_000));

        var attributes = _wire.Json()["MessageAttributes"]!;
        Assert.Equal(length, ((string?)attributes["reason"]?["StringValue"])?.Length);
        Assert.Equal("AROA:job", (string)attributes["senders"]!["StringValue"]!);
    }

    private async Task SendAsync(string body, string reason)
    {
#pragma warning disable CA5351 // SQS answers with the body's MD5, which the client checks; nothing is secured by it.
        var md5 = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351
        _wire.Answer($$"""{"MessageId":"m","MD5OfMessageBody":"{{md5}}"}""");
        using var sqs = new AmazonSQSClient(StubWire.Credentials, _wire.Configure(new AmazonSQSConfig()));

        await new SqsDeadLetters(
            sqs,
            "https://sqs.eu-central-1.amazonaws.com/123456789012/dead")
                .SendAsync(body, reason, "AROA:job", CancellationToken.None);
    }

    private static Alert Alert(string subject, string body) => new(subject, body) { Chat = new("t", "d", [], "x") };
}
