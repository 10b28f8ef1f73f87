using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Lapstack.Template;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Sns;

public sealed class TopicTests
{
    private const string TopicArn = "arn:aws:sns:us-east-1:000000000000:alerts";

    private const string Template = """
        {
          "Alerts": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts", "DisplayName": "Jobs é" } },
          "Mail": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "email", "Endpoint": "ops@example.com" } },
          "Open": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "open" } },
          "OpenPolicy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Open" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["Open", "Arn"] }, "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "Alerts" } } } } ] } } },
          "ToOpen": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "sqs", "Endpoint": { "Fn::GetAtt": ["Open", "Arn"] } } },
          "Closed": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "closed" } },
          "ToClosed": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "sqs", "Endpoint": { "Fn::GetAtt": ["Closed", "Arn"] },
            "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Open", "Arn"] } } } },
          "Powerless": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "powerless", "AssumeRolePolicyDocument": {} } }
        }
        """;

    [Fact]
    public async Task Email_subscription_gets_a_file_that_mail_programs_open_and_people_read()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, new ManualClock());
        using var sns = Client(stack);

        var published = await sns.PublishAsync(
            new PublishRequest(TopicArn, "Zeile eins: grün\nzwei", "nightly failed for good"));

        var mail = await EntryAsync(stack, "Email");
        var text = await File.ReadAllTextAsync(mail["path"]);
        Assert.Equal(("ops@example.com", "nightly failed for good"), (mail["to"], mail["subject"]));
        Assert.EndsWith(".eml", mail["path"], StringComparison.Ordinal);
        Assert.Equal("mail", Path.GetFileName(Path.GetDirectoryName(mail["path"])));
        Assert.Contains(
            "To: ops@example.com\r\nSubject: nightly failed for good\r\nDate: Mon, 05 Jan 2026 08:00:00 +0000\r\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("From: =?utf-8?B?Sm9icyDDqQ==?= <", text, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: <{published.MessageId}@", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nZeile eins: grün\r\nzwei\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_subscription_gets_the_envelope_where_the_queues_policy_lets_the_topic_in()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack);
        using var sqs = stack.Sqs();

        var published = await sns.PublishAsync(new PublishRequest(TopicArn, "text", "subject")
        {
            MessageAttributes = new() { ["kind"] = new() { DataType = "String", StringValue = "test" } },
        });

        // The second copy is the one the closed queue refused: its dead-letter queue is the open one.
        var open = stack.QueueUrl("Open");
        var receive = new Amazon.SQS.Model.ReceiveMessageRequest { QueueUrl = open, MaxNumberOfMessages = 10 };
        var bodies = (await sqs.ReceiveMessageAsync(receive)).Messages
            .Select(m => JsonNode.Parse(m.Body)!).ToList();
        Assert.Equal(2, bodies.Count);
        Assert.All(bodies, body => Assert.Equal(
            ("Notification", published.MessageId, TopicArn, "subject", "text", "test"),
            ((string?)body["Type"], (string?)body["MessageId"], (string?)body["TopicArn"], (string?)body["Subject"],
                (string?)body["Message"],
                (string?)body["MessageAttributes"]!["kind"]!["Value"])));
        Assert.Null((await sqs.ReceiveMessageAsync(stack.QueueUrl("Closed"))).Messages?.FirstOrDefault());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("grün")]
    [InlineData(" indented")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task Subject_against_the_rules_is_refused(string subject)
    {
        await using var stack = await EmulatedStack.StartAsync(Template);

        var (status, xml) = await CallAsync(
            stack, ("Action", "Publish"), ("TopicArn", TopicArn), ("Message", "m"), ("Subject", subject));

        Assert.Equal(400, status);
        Assert.Equal("InvalidParameter", Value(xml, "Code"));
        Assert.StartsWith("Invalid parameter: Subject: ", Value(xml, "Message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subject_of_99_characters_is_accepted()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack);

        Assert.NotEmpty((await sns.PublishAsync(new PublishRequest(TopicArn, "m", new string('s', 99)))).MessageId);
    }

    [Fact]
    public async Task Unknown_topic_and_empty_message_are_refused_with_their_codes()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack);

        var unknown = await Assert.ThrowsAsync<NotFoundException>(
            () => sns.PublishAsync(new PublishRequest(TopicArn + "x", "m")));
        var empty = await Assert.ThrowsAsync<InvalidParameterException>(
            () => sns.PublishAsync(new PublishRequest(TopicArn, "")));

        Assert.Equal((404, "NotFound"), ((int)unknown.StatusCode, unknown.ErrorCode));
        Assert.Equal("Invalid parameter: Empty message", empty.Message);
    }

    [Fact]
    public async Task Role_without_the_grant_may_not_publish()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack, stack.As("Powerless"));

        var denied = await Assert.ThrowsAsync<AuthorizationErrorException>(
            () => sns.PublishAsync(new PublishRequest(TopicArn, "m")));

        Assert.Contains($"sns:Publish on resource: {TopicArn}", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_structure_gives_each_protocol_its_text()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);
        using var sns = Client(stack);

        await sns.PublishAsync(
            new PublishRequest(
                TopicArn, """{"default":"for all","email":"for people"}""")
            { MessageStructure = "json" });

        var mail = await EntryAsync(stack, "Email");
        Assert.EndsWith("\r\n\r\nfor people\r\n", await File.ReadAllTextAsync(mail["path"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_and_their_subscriptions_are_listed()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);

        var (_, topics) = await CallAsync(stack, ("Action", "ListTopics"));
        var (_, subscriptions) = await CallAsync(stack, ("Action", "ListSubscriptionsByTopic"), ("TopicArn", TopicArn));

        Assert.Equal(TopicArn, Value(topics, "TopicArn"));
        Assert.Equal("ListTopicsResponse", topics.Name.LocalName);
        Assert.Equal(
            ["email", "sqs", "sqs"],
            subscriptions.Descendants().Where(e => e.Name.LocalName == "Protocol").Select(e => e.Value).Order());
        Assert.Contains(
            stack.Host.Resources["Mail"],
            subscriptions.Descendants().Where(e => e.Name.LocalName == "SubscriptionArn").Select(e => e.Value));
    }

    [Fact]
    public async Task Topics_and_subscriptions_are_told()
    {
        await using var stack = await EmulatedStack.StartAsync(Template);

        var attributes = await stack.FormAsync("sns", $"Action=GetTopicAttributes&TopicArn={TopicArn}");
        var all = await stack.FormAsync("sns", "Action=ListSubscriptions");
        var none = await stack.FormAsync("sns", "Action=ListSubscriptions&NextToken=3");

        var pairs = attributes.Texts("key").Zip(attributes.Texts("value")).ToDictionary();
        Assert.Equal(
            (TopicArn, "Jobs é", "3"), (pairs["TopicArn"], pairs["DisplayName"], pairs["SubscriptionsConfirmed"]));
        Assert.Equal(["email", "sqs", "sqs"], all.Texts("Protocol").Order());
        Assert.Empty(none.Texts("Protocol"));
        Assert.Empty(all.Texts("NextToken"));
    }

    [Theory]
    [InlineData("GetTopicAttributes&TopicArn=arn:aws:sns:us-east-1:000000000000:other", 404, "NotFound")]
    [InlineData("GetTopicAttributes", 400, "InvalidParameter")]
    [InlineData("ListSubscriptions&NextToken=x", 400, "InvalidParameter")]
    [InlineData("SetTopicAttributes", 501, "NotImplemented")]
    public async Task Read_of_what_is_not_there_is_refused(string action, int status, string code)
    {
        await using var stack = await EmulatedStack.StartAsync(Template);

        var answer = await stack.FormAsync("sns", $"Action={action}");

        Assert.Equal((status, code), (answer.Status, answer.Texts("Code")[0]));
        Assert.Equal(403, (await stack.FormAsync("sns", "Action=ListSubscriptions", stack.As("Powerless"))).Status);
    }

    [Fact]
    public async Task Subscription_that_cannot_be_delivered_is_refused_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<TemplateException>(() => EmulatedStack.StartAsync(
            """{"S":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":"arn","Protocol":"sms","Endpoint":"+1"}}}"""));

        Assert.Contains("S (AWS::SNS::Subscription): protocol 'sms'", refused.Message, StringComparison.Ordinal);
    }

    private static AmazonSimpleNotificationServiceClient Client(
        EmulatedStack stack, AWSCredentials? credentials = null) => new(
        credentials ?? EmulatedStack.Owner,
        new AmazonSimpleNotificationServiceConfig
        {
            ServiceURL = stack.Url,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });

    private static async Task<IReadOnlyDictionary<string, string>> EntryAsync(EmulatedStack stack, string kind)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var entry in stack.Host.Activity.ReadAsync(limit.Token))
            if (entry.Kind == kind) return entry.Details!;
        throw new InvalidOperationException("The activity ended.");
    }

    private static async Task<(int Status, XElement Xml)> CallAsync(
        EmulatedStack stack, params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(
            [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("Version", "2010-03-31")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, stack.Url) { Content = form };
        // Unsigned by a key of the stack, so the owner's; the scope says which service is meant.
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=anything/20260105/us-east-1/sns/aws4_request, SignedHeaders=host, " +
            "Signature=none");
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    private static string Value(XElement xml, string name) =>
        xml.Descendants().First(e => e.Name.LocalName == name).Value;
}
