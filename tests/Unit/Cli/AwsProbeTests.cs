using System.Net;
using System.Text;
using Amazon.Runtime;
using Jobs.Cli.Account;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;

namespace Jobs.Tests.Unit.Cli;

/// <summary>What is not the SDK's on the wire, against answers as AWS documents them.</summary>
public sealed class AwsProbeTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:123456789012:alerts";

    private readonly List<(string Url, string? Target, string Body)> _calls = [];

    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html</summary>
    [Fact]
    public async Task Subscriptions_are_read_page_by_page_and_one_without_an_ARN_is_not_confirmed()
    {
        using var probe = Probe(
            Page(Member("ada@example.com", $"{Topic}:1234"), "<NextToken>more</NextToken>"),
            Page(Member("bob@example.com", "PendingConfirmation")));

        Assert.Equal(
            [new Subscription("email", "ada@example.com", true), new Subscription("email", "bob@example.com", false)],
            await probe.SubscriptionsAsync(Topic, default));

        const string Asked =
            "Action=ListSubscriptionsByTopic&TopicArn=arn%3Aaws%3Asns%3Aeu-central-1%3A123456789012%3Aalerts";
        Assert.Equal(
            [$"{Asked}&Version=2010-03-31", $"{Asked}&NextToken=more&Version=2010-03-31"],
            _calls.Select(call => call.Body));
    }

    [Theory]
    [InlineData(true, "AWSEvents.EnableRule")]
    [InlineData(false, "AWSEvents.DisableRule")]
    public async Task Rule_is_switched_by_its_name(bool isOn, string operation)
    {
        using var probe = Probe("");

        await probe.SwitchAsync("jobs_canary_1", isOn, default);

        Assert.Equal(
            ("https://events.eu-central-1.amazonaws.com/", operation, """{"Name":"jobs_canary_1"}"""),
            Assert.Single(_calls));
    }

    [Fact]
    public void Spot_is_interrupted_on_the_laptop_only()
    {
        using var aws = Probe();
        using var laptop = ProbeOf("http://127.0.0.1:4566");

        Assert.False(aws.CanInterrupt);
        Assert.True(laptop.CanInterrupt);
    }

    private AwsProbe Probe(params string[] answers) => ProbeOf(null, answers);

    private AwsProbe ProbeOf(string? endpoint, params string[] answers)
    {
        var known = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
        var target = new Target(endpoint, "eu-central-1", known, false, "");
        var wire = new Wire(this, new Queue<string>(answers));
        return new AwsProbe(
            new StackPlace("jobs", "eu-central-1", endpoint, new Dictionary<string, string>()),
            new AwsClients(target),
            new SignedCalls(target, new SignedHttp(wire, known.GetCredentialsAsync, new ManualClock())),
            new HttpClient(wire));
    }

    private static string Member(string endpoint, string arn) =>
        $"<member><TopicArn>{Topic}</TopicArn><Protocol>email</Protocol><SubscriptionArn>{arn}</SubscriptionArn>" +
        $"<Owner>123456789012</Owner><Endpoint>{endpoint}</Endpoint></member>";

    private static string Page(string members, string next = "") =>
        "<ListSubscriptionsByTopicResponse xmlns=\"https://sns.amazonaws.com/doc/2010-03-31/\">" +
        $"<ListSubscriptionsByTopicResult><Subscriptions>{members}</Subscriptions>{next}" +
        "</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>";

    private sealed class Wire(AwsProbeTests test, Queue<string> answers) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._calls.Add((
                request.RequestUri!.ToString(),
                request.Headers.TryGetValues("X-Amz-Target", out var targets) ? targets.Single() : null,
                await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(answers.Dequeue(), Encoding.UTF8),
                RequestMessage = request,
            };
        }
    }
}
