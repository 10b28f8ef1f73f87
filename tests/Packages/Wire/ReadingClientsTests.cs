using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Task = System.Threading.Tasks.Task;

namespace Jobs.Tests.Packages.Wire;

/// <summary>The clients that only read: stacks and logs.</summary>
public class ReadingClientsTests
{
    private const string Described = """
        <?xml version="1.0" encoding="utf-8"?>
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
          <member><StackName>one</StackName><StackId>arn:one</StackId><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-03-01T12:00:00.000Z</CreationTime>
            <Tags><member><Key>k</Key><Value>v</Value></member></Tags>
            <Outputs><member><OutputKey>A</OutputKey><OutputValue>1 &amp; 2</OutputValue><Description>d</Description></member><member><OutputKey>B</OutputKey><OutputValue>3</OutputValue><ExportName>e</ExportName></member></Outputs></member>
          <member><StackName>two</StackName><StackStatus>ROLLBACK_COMPLETE</StackStatus><StackStatusReason>because</StackStatusReason></member>
        </Stacks><NextToken>more</NextToken></DescribeStacksResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DescribeStacksResponse>
        """;

    [Fact]
    public async Task DescribeStacks_sends_a_signed_form()
    {
        using var server = new StubServer(_ => Xml(200, Described));
        using var formation = Clients.Formation(server.Url);

        await formation.DescribeStacksAsync(new DescribeStacksRequest { StackName = "one", NextToken = "t" });

        Assert.Equal(
            "Action=DescribeStacks&NextToken=t&StackName=one&Version=2010-05-15",
            string.Join('&', server.Only.Body.Split('&').Order(StringComparer.Ordinal)));
        Assert.Contains(
            "/eu-west-1/cloudformation/aws4_request", server.Only.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DescribeStacks_answered_reads_stacks_with_their_outputs()
    {
        using var server = new StubServer(_ => Xml(200, Described));
        using var formation = Clients.Formation(server.Url);

        var response = await formation.DescribeStacksAsync(new DescribeStacksRequest());

        Assert.Equal(["one", "two"], response.Stacks.Select(stack => stack.StackName));
        Assert.Equal(
            ("arn:one", StackStatus.UPDATE_COMPLETE), (response.Stacks[0].StackId, response.Stacks[0].StackStatus));
        Assert.Equal(
            new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc),
            response.Stacks[0].CreationTime!.Value.ToUniversalTime());
        Assert.Equal(
            ["A=1 & 2 d ", "B=3  e"],
            response.Stacks[0].Outputs.Select(
                output => $"{output.OutputKey}={output.OutputValue} {output.Description} {output.ExportName}"));
        Assert.Null(response.Stacks[1].Outputs);
        Assert.Equal("because", response.Stacks[1].StackStatusReason);
        Assert.Equal("more", response.NextToken);
    }

    [Fact]
    public async Task DescribeStacks_refused_throws_the_services_exception()
    {
        using var server = new StubServer(
            _ =>
                Xml(
                    400,
                    "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id x " +
                    "does not exist</Message></Error></ErrorResponse>"));
        using var formation = Clients.Formation(server.Url);

        var refused = await Assert.ThrowsAsync<AmazonCloudFormationException>(
            () => formation.DescribeStacksAsync(new DescribeStacksRequest { StackName = "x" }));

        Assert.Equal(("ValidationError", "Stack with id x does not exist"), (refused.ErrorCode, refused.Message));
    }

    [Fact]
    public async Task GetLogEvents_sends_its_place_and_reads_milliseconds()
    {
        using var server = new StubServer(
            _ =>
                Json(
                    200,
                    """{"events":[{"timestamp":1772366400123,"message":"hello","ingestionTime":1772366400456}],"nextForwardToken":"f/1","nextBackwardToken":"b/0"}"""));
        using var logs = Clients.Logs(server.Url);

        var response = await logs.GetLogEventsAsync(
            new GetLogEventsRequest("group", "stream") { NextToken = "f/0", StartFromHead = true, Limit = 5 });

        Assert.Equal(
            """{"limit":5,"logGroupName":"group","logStreamName":"stream","nextToken":"f/0","startFromHead":true}""",
            server.Only.Body);
        Assert.Equal("Logs_20140328.GetLogEvents", server.Only.Headers["X-Amz-Target"]);
        var line = Assert.Single(response.Events);
        Assert.Equal(
            ("hello", new DateTime(2026, 3, 1, 12, 0, 0, 123, DateTimeKind.Utc)), (line.Message, line.Timestamp));
        Assert.Equal("f/1", response.NextForwardToken);
    }

    [Fact]
    public async Task DescribeLogStreams_sends_its_order_and_reads_streams()
    {
        using var server = new StubServer(
            _ =>
                Json(
                    200,
                    """{"logStreams":[{"logStreamName":"s","creationTime":1772366400000,"lastEventTimestamp":1772366400001,"storedBytes":0}],"nextToken":"n"}"""));
        using var logs = Clients.Logs(server.Url);

        var response = await logs.DescribeLogStreamsAsync(
            new DescribeLogStreamsRequest
            {
                LogGroupName = "group",
                OrderBy = OrderBy.LastEventTime,
                Descending = true,
                Limit = 1,
            });

        Assert.Equal(
            """{"descending":true,"limit":1,"logGroupName":"group","orderBy":"LastEventTime"}""", server.Only.Body);
        Assert.Equal(("s", "n"), (Assert.Single(response.LogStreams).LogStreamName, response.NextToken));
    }

    [Fact]
    public async Task Stream_that_is_not_there_is_an_exception_of_its_own()
    {
        using var server = new StubServer(
            _ =>
                Json(
                    400,
                    """{"__type":"ResourceNotFoundException","message":"The specified log stream does not exist."}"""));
        using var logs = Clients.Logs(server.Url);

        await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => logs.GetLogEventsAsync(new GetLogEventsRequest("group", "none")));
    }

    private static Reply Xml(int status, string body) => new(status, body, ("Content-Type", "text/xml"));

    private static Reply Json(int status, string body) =>
        new(status, body, ("Content-Type", "application/x-amz-json-1.1"));
}
