using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

public class SnsTests
{
    private const string Published = """
        <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId><SequenceNumber>7</SequenceNumber>
        </PublishResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>
        """;

    [Fact]
    public async Task Publish_filled_sends_a_signed_form()
    {
        using var server = new StubServer(_ => Xml(200, Published));
        using var sns = Clients.Sns(server.Url);

        await sns.PublishAsync(new PublishRequest("arn:topic", "a b+c&d=ü\n", "Subject")
        {
            MessageStructure = "json",
            MessageGroupId = "g",
            MessageDeduplicationId = "d",
            MessageAttributes = new()
            {
                ["job"] = new() { DataType = "String", StringValue = "line-count" },
                ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([255]) },
            },
        });

        var request = server.Only;
        Assert.Equal(("POST", "/"), (request.Method, request.Path));
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Contains("/eu-west-1/sns/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(
            [
                "Action=Publish",
                "Message=a%20b%2Bc%26d%3D%C3%BC%0A",
                "MessageAttributes.entry.1.Name=job",
                "MessageAttributes.entry.1.Value.DataType=String",
                "MessageAttributes.entry.1.Value.StringValue=line-count",
                "MessageAttributes.entry.2.Name=raw",
                "MessageAttributes.entry.2.Value.BinaryValue=%2Fw%3D%3D",
                "MessageAttributes.entry.2.Value.DataType=Binary",
                "MessageDeduplicationId=d",
                "MessageGroupId=g",
                "MessageStructure=json",
                "Subject=Subject",
                "TopicArn=arn%3Atopic",
                "Version=2010-03-31",
            ],
            request.Body.Split('&').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Publish_answered_reads_the_ids()
    {
        using var server = new StubServer(_ => Xml(200, Published));
        using var sns = Clients.Sns(server.Url);

        var response = await sns.PublishAsync(new PublishRequest { TargetArn = "arn:target", Message = "m" });

        Assert.Equal(
            ("m-1", "7", "r-1"), (response.MessageId, response.SequenceNumber, response.ResponseMetadata.RequestId));
    }

    [Theory]
    [InlineData(400, "InvalidParameter", typeof(InvalidParameterException))]
    [InlineData(400, "ParameterValueInvalid", typeof(InvalidParameterValueException))]
    [InlineData(404, "NotFound", typeof(NotFoundException))]
    [InlineData(400, "EndpointDisabled", typeof(EndpointDisabledException))]
    [InlineData(400, "PlatformApplicationDisabled", typeof(PlatformApplicationDisabledException))]
    [InlineData(403, "AuthorizationError", typeof(AuthorizationErrorException))]
    [InlineData(403, "InvalidSecurity", typeof(InvalidSecurityException))]
    [InlineData(400, "KMSDisabled", typeof(KMSDisabledException))]
    [InlineData(400, "KMSInvalidState", typeof(KMSInvalidStateException))]
    [InlineData(400, "KMSNotFound", typeof(KMSNotFoundException))]
    [InlineData(403, "KMSOptInRequired", typeof(KMSOptInRequiredException))]
    [InlineData(400, "KMSThrottling", typeof(KMSThrottlingException))]
    [InlineData(400, "KMSAccessDenied", typeof(KMSAccessDeniedException))]
    [InlineData(400, "ValidationException", typeof(ValidationException))]
    [InlineData(400, "SomethingNew", typeof(AmazonSimpleNotificationServiceException))]
    public async Task Publish_refused_throws_the_exception_of_its_code(int status, string code, Type expected)
    {
        using var server = new StubServer(_ => Error(status, code));
        using var sns = Clients.Sns(server.Url);

        var thrown = await Assert.ThrowsAnyAsync<AmazonSimpleNotificationServiceException>(
            () => sns.PublishAsync(new PublishRequest("t", "m")));

        Assert.Equal(expected, thrown.GetType());
        Assert.Equal(
            (code, "why", "r-2", ErrorType.Sender),
            (thrown.ErrorCode, thrown.Message, thrown.RequestId, thrown.ErrorType));
        Assert.Equal(status, (int)thrown.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(500, "InternalError", typeof(InternalErrorException))]
    [InlineData(429, "Throttled", typeof(AmazonSimpleNotificationServiceException))]
    public async Task Fault_or_throttle_is_tried_three_times(int status, string code, Type expected)
    {
        using var server = new StubServer(_ => Error(status, code));
        using var sns = Clients.Sns(server.Url);

        var thrown = await Assert.ThrowsAnyAsync<AmazonSimpleNotificationServiceException>(
            () => sns.PublishAsync(new PublishRequest("t", "m")));

        Assert.Equal(expected, thrown.GetType());
        Assert.Equal(3, server.Requests.Count);
    }

    private static Reply Xml(int status, string body) => new(status, body, ("Content-Type", "text/xml"));

    private static Reply Error(int status, string code) => Xml(status, $"""
        <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>{code}</Code><Message>why</Message></Error>
        <RequestId>r-2</RequestId></ErrorResponse>
        """);
}
