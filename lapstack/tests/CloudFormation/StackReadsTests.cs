using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.CloudFormation;

/// <summary>What people ask of a stack beside its outputs: resources, events, the template.</summary>
public sealed class StackReadsTests
{
    private const string Resources = """
        {
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" }, "Metadata": { "aws:cdk:path": "test/Inbox" } },
          "Reader": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "reader", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "cloudformation:DescribeStackEvents", "Resource": "*" } ] } } ] } }
        }
        """;

    [Theory]
    [InlineData("ListStacks", "")]
    [InlineData("ListStacks", "&StackStatusFilter.member.1=CREATE_COMPLETE&StackStatusFilter.member.2=UPDATE_COMPLETE")]
    public async Task Running_stack_is_listed(string action, string filter)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.FormAsync("cloudformation", $"Action={action}{filter}");

        Assert.Equal(["test"], answer.Texts("StackName"));
        Assert.Equal(["CREATE_COMPLETE"], answer.Texts("StackStatus"));
    }

    [Fact]
    public async Task Stack_of_another_status_is_not_listed()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        Assert.Empty(
            (await stack.FormAsync("cloudformation", "Action=ListStacks&StackStatusFilter.member.1=DELETE_COMPLETE"))
                .Texts("StackName"));
    }

    [Theory]
    [InlineData("Action=ListStackResources&StackName=test", "Inbox,Reader")]
    [InlineData("Action=DescribeStackResources&StackName=test", "Inbox,Reader")]
    [InlineData("Action=DescribeStackResources&PhysicalResourceId=reader", "Inbox,Reader")]
    [InlineData("Action=DescribeStackResources&StackName=test&LogicalResourceId=Inbox", "Inbox")]
    [InlineData("Action=DescribeStackResource&StackName=test&LogicalResourceId=Inbox", "Inbox")]
    [InlineData("Action=DescribeStackEvents&StackName=test", "Inbox,Inbox,Reader,Reader,test,test")]
    public async Task Resources_are_told_with_their_physical_ids(string form, string logicalIds)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.FormAsync("cloudformation", form);

        Assert.Equal(200, answer.Status);
        Assert.Equal(logicalIds.Split(','), answer.Texts("LogicalResourceId").Order(StringComparer.Ordinal));
        Assert.Contains(stack.QueueUrl(), answer.Texts("PhysicalResourceId"));
        Assert.Contains("AWS::SQS::Queue", answer.Texts("ResourceType"));
        Assert.Contains("CREATE_COMPLETE", answer.Texts("ResourceStatus"));
    }

    [Fact]
    public async Task Events_come_newest_first()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.FormAsync("cloudformation", "Action=DescribeStackEvents&StackName=test");

        Assert.Equal(("test", "test"), (answer.Texts("LogicalResourceId")[0], answer.Texts("LogicalResourceId")[^1]));
        Assert.Equal(
            ("CREATE_COMPLETE", "CREATE_IN_PROGRESS"),
            (answer.Texts("ResourceStatus")[0], answer.Texts("ResourceStatus")[^1]));
        Assert.Equal(6, answer.Texts("EventId").Distinct().Count());
    }

    [Fact]
    public async Task Long_list_comes_in_pages()
    {
        var queues = new JsonObject(Enumerable.Range(0, 150).Select(n => KeyValuePair.Create<string, JsonNode?>(
            $"Q{n}", new JsonObject
            {
                ["Type"] = "AWS::SQS::Queue",
                ["Properties"] = new JsonObject { ["QueueName"] = $"q{n}" },
            })));
        await using var stack = await EmulatedStack.StartAsync(queues.ToJsonString());

        var first = await stack.FormAsync("cloudformation", "Action=ListStackResources&StackName=test");
        var second = await stack.FormAsync(
            "cloudformation", $"Action=ListStackResources&StackName=test&NextToken={first.Texts("NextToken")[0]}");

        Assert.Equal((100, 50), (first.Texts("LogicalResourceId").Count, second.Texts("LogicalResourceId").Count));
        Assert.Empty(second.Texts("NextToken"));
        Assert.Equal(150, first.Texts("LogicalResourceId").Union(second.Texts("LogicalResourceId")).Count());
    }

    [Fact]
    public async Task Template_is_given_as_it_was_synthesized()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var body = Assert.Single(
            (await stack.FormAsync("cloudformation", "Action=GetTemplate&StackName=test")).Texts("TemplateBody"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Resources), JsonNode.Parse(body)!["Resources"]), body);
    }

    [Theory]
    [InlineData("Action=DescribeStackEvents&StackName=other", "ValidationError", "Stack with id other does not exist")]
    [InlineData("Action=GetTemplate", "ValidationError", "Value null at 'stackName'")]
    [InlineData("Action=DescribeStackResource&StackName=test&LogicalResourceId=Outbox", "ValidationError",
        "Resource Outbox does not exist for stack test")]
    [InlineData("Action=DescribeStackResources&PhysicalResourceId=outbox", "ValidationError",
        "Stack for outbox does not exist")]
    [InlineData("Action=ListStackResources&StackName=test&NextToken=x", "ValidationError", "NextToken is not valid")]
    public async Task What_is_not_there_is_AWSs_error(string form, string code, string message)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.FormAsync("cloudformation", form);

        Assert.Equal((400, code), (answer.Status, answer.Texts("Code")[0]));
        Assert.Contains(message, answer.Texts("Message")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DescribeStackEvents", 200)]
    [InlineData("ListStackResources", 403)]
    [InlineData("GetTemplate", 403)]
    public async Task Role_may_ask_what_it_was_granted(string action, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        Assert.Equal(
            status,
            (await stack.FormAsync("cloudformation", $"Action={action}&StackName=test", stack.As("Reader"))).Status);
    }
}
