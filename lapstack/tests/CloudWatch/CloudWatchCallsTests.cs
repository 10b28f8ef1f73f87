using System.Text.Json.Nodes;
using Amazon.Runtime;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.CloudWatch;

/// <summary>Alarms that a call sets, their history, and metrics that a call writes and reads.</summary>
public sealed class CloudWatchCallsTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Alarm_that_is_set_acts_as_if_it_had_fired()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        var answer = await SetAsync(stack, "ALARM");

        Assert.Equal(200, answer.Status);
        Assert.Equal("a drill", (string?)(await AlarmAsync(stack))["StateReason"]);
        var letter = JsonNode.Parse(Assert.Single(await stack.TakeAsync("Copies")).Body)!;
        Assert.Equal(("ALARM", "a drill"), ((string?)letter["NewStateValue"], (string?)letter["NewStateReason"]));
    }

    [Fact]
    public async Task Next_look_says_the_true_state_again()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        await SetAsync(stack, "ALARM");

        await Eventually.TrueAsync(() => _clock.ArmedTimers > 0);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(async () => (string?)(await AlarmAsync(stack))["StateValue"] == "INSUFFICIENT_DATA");
    }

    [Fact]
    public async Task History_tells_states_and_actions_and_survives_a_restart()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        await SetAsync(stack, "ALARM");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SetAsync(stack, "OK");
        await stack.RestartAsync(_clock);

        var all = await HistoryAsync(stack, """{"AlarmName":"backlog"}""");
        var actions = await HistoryAsync(stack, """{"HistoryItemType":"Action"}""");
        var oldest = await HistoryAsync(stack, """{"ScanBy":"TimestampAscending","MaxRecords":1}""");

        Assert.Equal(
            [
                "Alarm updated from ALARM to OK",
                "Successfully executed action arn:aws:sns:us-east-1:000000000000:alerts",
                "Alarm updated from INSUFFICIENT_DATA to ALARM",
            ],
            all);
        Assert.Single(actions);
        Assert.Equal(["Alarm updated from INSUFFICIENT_DATA to ALARM"], oldest);
        Assert.Empty(await HistoryAsync(stack, """{"AlarmName":"other"}"""));
    }

    [Fact]
    public async Task Metric_that_is_put_is_read_and_fires_its_alarm()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        await Eventually.TrueAsync(() => _clock.ArmedTimers > 0);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await CallAsync(stack, "PutMetricData", """
            {"Namespace":"Jobs","MetricData":[{"MetricName":"Backlog","Unit":"Count","Dimensions":[{"Name":"Job","Value":"drain"}],"Values":[2,7],"Counts":[3,1]}]}
            """);
        _clock.Advance(TimeSpan.FromSeconds(59));

        await Eventually.TrueAsync(async () => (string?)(await AlarmAsync(stack))["StateValue"] == "ALARM");
        var results = (await CallAsync(stack, "GetMetricData", Query("Sum"))).Json["MetricDataResults"]!;
        Assert.Equal(("m1", "Complete"), ((string?)results[0]!["Id"], (string?)results[0]!["StatusCode"]));
        Assert.Equal("[13]", results[0]!["Values"]!.ToJsonString());
        Assert.Equal("[1767600000]", results[0]!["Timestamps"]!.ToJsonString());
        Assert.Equal(
            "[]",
            (
                await CallAsync(stack, "GetMetricData",
                    Query("Sum", unit: "Seconds"))).Json["MetricDataResults"]![0]!["Values"]!.ToJsonString());
    }

    [Theory]
    [InlineData("SetAlarmState", """{"AlarmName":"other","StateValue":"OK","StateReason":"r"}""", 404, "Unknown alarm")]
    [InlineData("SetAlarmState", """{"AlarmName":"backlog","StateValue":"WARM","StateReason":"r"}""", 400,
        "StateValue")]
    [InlineData("SetAlarmState", """{"AlarmName":"backlog","StateValue":"OK"}""", 400, "StateReason")]
    [InlineData("SetAlarmState", """{"AlarmName":"backlog","StateValue":"OK","StateReason":"r","StateReasonData":"{"}""", 400, "StateReasonData")]
    [InlineData("PutMetricData", """{"Namespace":"AWS/SQS","MetricData":[{"MetricName":"m","Value":1}]}""", 400,
        "AWS/SQS")]
    [InlineData("PutMetricData", """{"Namespace":"Jobs","MetricData":[{"MetricName":"m"}]}""", 400, "Value")]
    [InlineData("PutMetricData", """{"Namespace":"Jobs","MetricData":[{"MetricName":"m","Value":1,"Timestamp":1}]}""",
        400, "Timestamp")]
    [InlineData("PutMetricData", """{"Namespace":"Jobs","MetricData":[{"MetricName":"m","StatisticValues":{}}]}""", 501,
        "StatisticValues")]
    [InlineData("GetMetricData", """{"StartTime":0,"EndTime":60,"MetricDataQueries":[{"Id":"e","Expression":"m1/2"}]}""", 501, "Expression")]
    [InlineData("PutMetricAlarm", "{}", 501, "PutMetricAlarm")]
    public async Task Bad_call_is_refused_with_the_reason(string operation, string input, int status, string why)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        var answer = await CallAsync(stack, operation, input);

        Assert.Equal(status, answer.Status);
        Assert.Contains(why, (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Jobs", 200)]
    [InlineData("Others", 400)]
    public async Task Role_writes_into_the_namespaces_it_was_granted(string space, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        var answer = await CallAsync(
            stack,
            "PutMetricData",
            $$"""{"Namespace":"{{space}}","MetricData":[{"MetricName":"m","Value":1}]}""",
            stack.As("Writer"));

        Assert.Equal(status, answer.Status);
        Assert.Equal(
            400,
            (
                await CallAsync(stack, "SetAlarmState",
                    """{"AlarmName":"backlog","StateValue":"OK","StateReason":"r"}""", stack.As("Writer"))).Status);
    }

    private static Task<SignedCall.Answer> SetAsync(EmulatedStack stack, string state) =>
        CallAsync(
            stack, "SetAlarmState", $$"""{"AlarmName":"backlog","StateValue":"{{state}}","StateReason":"a drill"}""");

    private static async Task<JsonNode> AlarmAsync(EmulatedStack stack) =>
        (await CallAsync(stack, "DescribeAlarms", "{}")).Json["MetricAlarms"]![0]!;

    private static async Task<IEnumerable<string?>> HistoryAsync(EmulatedStack stack, string input) =>
        (await CallAsync(stack, "DescribeAlarmHistory", input)).Json["AlarmHistoryItems"]!.AsArray()
            .Select(item => (string?)item!["HistorySummary"]);

    private static string Query(string statistic, string unit = "Count") => $$"""
        {"StartTime":1767600000,"EndTime":1767600300,"MetricDataQueries":[{"Id":"m1","MetricStat":{"Stat":"{{statistic}}","Unit":"{{unit}}","Period":60,
          "Metric":{"Namespace":"Jobs","MetricName":"Backlog","Dimensions":[{"Name":"Job","Value":"drain"}]} } } ] }
        """;

    private static Task<SignedCall.Answer> CallAsync(
        EmulatedStack stack, string operation, string input, AWSCredentials? caller = null) =>
        stack.JsonAsync("monitoring", $"GraniteServiceVersion20100801.{operation}", input, caller);

    private const string Resources = """
        {
          "Alerts": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" } },
          "AlertsPolicy": { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [ { "Ref": "Alerts" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "sns:Publish",
            "Resource": { "Ref": "Alerts" } } ] } } },
          "Programs": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "sqs",
            "Endpoint": { "Fn::GetAtt": ["Copies", "Arn"] }, "RawMessageDelivery": true } },
          "Copies": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "copies" } },
          "CopiesPolicy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Copies" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["Copies", "Arn"] } } ] } } },
          "Backlog": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "backlog",
            "Namespace": "Jobs", "MetricName": "Backlog", "Dimensions": [ { "Name": "Job", "Value": "drain" } ],
            "Statistic": "Maximum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 5, "ComparisonOperator": "GreaterThanThreshold",
            "AlarmActions": [ { "Ref": "Alerts" } ] } },
          "Writer": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "writer", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*",
              "Condition": { "StringEquals": { "cloudwatch:namespace": "Jobs" } } } ] } } ] } }
        }
        """;
}
