using System.Text.RegularExpressions;

namespace Lapstack.Tests.Access;

/// <summary>
/// What the policies on resources let in: each the one it names, for the source it names, and no other.
/// </summary>
public sealed class ResourcePolicyTests
{
    private const string Rule = "arn:aws:events:us-east-1:000000000000:rule/orders";
    private const string Alarm = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:dead";
    private const string Alarms = "lambda.alarms.cloudwatch.amazonaws.com";
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:alerts";
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:inbox";
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:tick";
    private const string Bus = "arn:aws:events:us-east-1:000000000000:event-bus/orders";
    private const string Table = "arn:aws:dynamodb:us-east-1:000000000000:table/runs";
    private const string Worker = """{ "AWS": "arn:aws:iam::000000000000:role/worker" }""";

    /// <summary>The resource with its policy, and the caller with the one source that the policy admits.</summary>
    public static TheoryData<string, string, string, string, string> Sources => new()
    {
        { OnQueue(Service("events"), Rule), "events.amazonaws.com", "sqs:SendMessage", Queue, Rule },
        { OnQueue(Service("sns"), Topic), "sns.amazonaws.com", "sqs:SendMessage", Queue, Topic },
        { OnTopic(Service("events"), Rule), "events.amazonaws.com", "sns:Publish", Topic, Rule },
        { OnTopic(Service("cloudwatch"), Alarm), "cloudwatch.amazonaws.com", "sns:Publish", Topic, Alarm },
        { Permission("events.amazonaws.com", Rule), "events.amazonaws.com", "lambda:InvokeFunction", Function, Rule },
        { Permission("sns.amazonaws.com", Topic), "sns.amazonaws.com", "lambda:InvokeFunction", Function, Topic },
        { Permission(Alarms, Alarm), Alarms, "lambda:InvokeFunction", Function, Alarm },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Service_is_let_in_for_the_source_that_the_policy_names(
        string resources, string service, string action, string resource, string source)
    {
        var bench = new AccessBench(resources);

        Assert.True(bench.Ask(service, action, resource, source) is null, string.Join('\n', bench.Reports));
        Assert.Equal(
            $"User: {service} is not authorized to perform: {action} on resource: {resource} because no " +
            $"resource-based policy allows the {action} action",
            bench.Ask(service, action, resource, source + "-2"));
        Assert.NotNull(bench.Ask(service, action, resource));
        Assert.NotNull(bench.Ask("s3.amazonaws.com", action, resource, source));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Service_that_acts_for_another_account_is_not_let_in(
        string resources, string service, string action, string resource, string source)
    {
        var others = Regex.Replace(resources, "SourceAccount\": \"[0-9]+", "SourceAccount\": \"111122223333");
        var bench = new AccessBench(others);

        Assert.NotNull(bench.Ask(service, action, resource, source));
    }

    [Theory]
    [InlineData("events:PutEvents", Bus)]
    [InlineData("dynamodb:GetItem", Table)]
    [InlineData("dynamodb:Query", $"{Table}/index/watch")]
    public void Role_is_let_in_by_the_policy_of_a_bus_and_of_a_table(string action, string resource)
    {
        Assert.NotNull(new AccessBench().Ask("worker", action, resource));
        var bench = new AccessBench($$"""
            {
              "BusPolicy": { "Type": "AWS::Events::EventBusPolicy", "Properties": { "EventBusName": { "Ref": "Bus" }, "StatementId": "in", "Statement":
                { "Effect": "Allow", "Principal": {{Worker}}, "Action": "events:PutEvents", "Resource": { "Fn::GetAtt": ["Bus", "Arn"] } } } },
              "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "runs", "ResourcePolicy": { "PolicyDocument": { "Version": "2012-10-17",
                "Statement": [ { "Effect": "Allow", "Principal": {{Worker}}, "Action": ["dynamodb:GetItem", "dynamodb:Query"], "Resource": "*" } ] } } } }
            }
            """);

        Assert.Null(bench.Ask("worker", action, resource));
    }

    private static string Service(string name) => $$"""{ "Service": "{{name}}.amazonaws.com" }""";

    private static string OnQueue(string principal, string source) => $$"""
        { "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ "https://sqs/inbox" ], "PolicyDocument": {{Document(principal, "sqs:SendMessage", source)}} } } }
        """;

    private static string OnTopic(string principal, string source) => $$"""
        { "Policy": { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [ { "Ref": "Topic" } ], "PolicyDocument": {{Document(principal, "sns:Publish", source)}} } } }
        """;

    private static string Permission(string service, string source) => $$"""
        { "Permission": { "Type": "AWS::Lambda::Permission", "Properties": { "FunctionName": { "Ref": "Function" }, "Action": "lambda:InvokeFunction",
          "Principal": "{{service}}", "SourceArn": "{{source}}", "SourceAccount": "000000000000" } } }
        """;

    private static string Document(string principal, string action, string source) => $$"""
        { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": {{principal}}, "Action": "{{action}}", "Resource": "*",
          "Condition": { "ArnEquals": { "aws:SourceArn": "{{source}}" }, "StringEquals": { "aws:SourceAccount": "000000000000" } } } ] }
        """;
}
