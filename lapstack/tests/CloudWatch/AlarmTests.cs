using System.Diagnostics;
using System.Text.Json.Nodes;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.CloudWatch;

public sealed class AlarmTests
{
    private const string Template = """
        {
          "Alerts": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" } },
          "AlertsPolicy": { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [ { "Ref": "Alerts" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "sns:Publish",
            "Resource": { "Ref": "Alerts" }, "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
              "ArnLike": { "aws:SourceArn": { "Fn::Sub": "arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*" } } } } ] } } },
          "Closed": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "closed" } },
          "Mail": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "email", "Endpoint": "ops@example.com" } },
          "Programs": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "sqs", "Endpoint": { "Fn::GetAtt": ["Copies", "Arn"] } } },
          "Copies": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "copies" } },
          "CopiesPolicy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Copies" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["Copies", "Arn"] } } ] } } },
          "Dead": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "dead" } },
          "Changes": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "changes" } },
          "ChangesPolicy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Changes" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["Changes", "Arn"] } } ] } } },
          "WhenNotEmpty": { "Type": "AWS::Events::Rule", "Properties": {
            "EventPattern": { "source": ["aws.cloudwatch"], "detail": { "alarmName": ["not-empty"], "state": { "value": ["ALARM"] } } },
            "Targets": [ { "Id": "changes", "Arn": { "Fn::GetAtt": ["Changes", "Arn"] } } ] } },
          "NotEmpty": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "not-empty", "AlarmDescription": "Read the messages, then move them back.",
            "Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible", "Dimensions": [ { "Name": "QueueName", "Value": { "Fn::GetAtt": ["Dead", "QueueName"] } } ],
            "Statistic": "Maximum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching", "AlarmActions": [ { "Ref": "Alerts" } ] } },
          "Old": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "old",
            "Namespace": "AWS/SQS", "MetricName": "ApproximateAgeOfOldestMessage", "Dimensions": [ { "Name": "QueueName", "Value": { "Fn::GetAtt": ["Dead", "QueueName"] } } ],
            "Statistic": "Maximum", "Period": 60, "EvaluationPeriods": 2, "Threshold": 150, "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [ { "Ref": "Closed" } ] } },
          "Silent": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "silent",
            "Namespace": "AWS/Lambda", "MetricName": "Invocations", "Dimensions": [ { "Name": "FunctionName", "Value": "tick" } ],
            "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 5, "Threshold": 1, "ComparisonOperator": "LessThanThreshold",
            "TreatMissingData": "breaching", "AlarmActions": [ { "Ref": "Alerts" } ] } },
          "Never": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "never",
            "Namespace": "AWS/Lambda", "MetricName": "Duration", "Dimensions": [ { "Name": "FunctionName", "Value": "tick" } ],
            "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold" } }
        }
        """;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Message_in_a_dead_letter_queue_is_one_email_as_cloudwatch_writes_it()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);
        await MinutesAsync(1);
        Assert.Equal("OK", await StateAsync(stack, "not-empty"));
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl("Dead"), MessageBody = "broken" });

        await MinutesAsync(3);

        Assert.Equal("ALARM", await StateAsync(stack, "not-empty"));
        var letter = await File.ReadAllTextAsync(Assert.Single(Letters(stack)));
        Assert.Contains("Subject: ALARM: \"not-empty\" in us-east-1\r\n", letter, StringComparison.Ordinal);
        Assert.Contains(
            "because \"Threshold Crossed: 1 out of the last 1 datapoint [1.0 (05/01/26 08:01:00)] was greater than " +
            "or equal to the threshold (1.0) "
            + "(minimum 1 datapoint for OK -> ALARM transition).\" at \"Monday 05 January, 2026 08:02:00 UTC\"",
            letter,
            StringComparison.Ordinal);
        Assert.Contains(
            "- Description:                Read the messages, then move them back.\r\n",
            letter,
            StringComparison.Ordinal);
        var copy = Assert.Single((await sqs.ReceiveMessageAsync(stack.QueueUrl("Copies"))).Messages);
        var message = JsonNode.Parse((string)JsonNode.Parse(copy.Body)!["Message"]!)!;
        Assert.Equal(
            ("not-empty", "OK", "ALARM", "2026-01-05T08:02:00.000+0000", "ApproximateNumberOfMessagesVisible", "dead"),
            ((string?)message["AlarmName"], (string?)message["OldStateValue"], (string?)message["NewStateValue"],
                (string?)message["StateChangeTime"],
                (string?)message["Trigger"]!["MetricName"], (string?)message["Trigger"]!["Dimensions"]![0]!["value"]));
    }

    [Fact]
    public async Task Change_is_an_event_on_the_default_bus()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);
        using var sqs = stack.Sqs();
        await sqs.SendMessageAsync(new() { QueueUrl = stack.QueueUrl("Dead"), MessageBody = "broken" });

        await MinutesAsync(1);

        var message = Assert.Single(await stack.TakeAsync("Changes"));
        var change = JsonNode.Parse(message.Body)!;
        Assert.Equal(
            ("CloudWatch Alarm State Change", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:not-empty"),
            ((string?)change["detail-type"], (string?)change["resources"]![0]));
        var detail = change["detail"]!;
        Assert.Equal(
            ("not-empty", "ALARM", "INSUFFICIENT_DATA", "2026-01-05T08:01:00.000+0000"),
            (
                (string?)detail["alarmName"],
                (string?)detail["state"]!["value"],
                (string?)detail["previousState"]!["value"],
                (string?)detail["state"]!["timestamp"]));
        var metric = detail["configuration"]!["metrics"]![0]!["metricStat"]!;
        Assert.Equal(
            ("Maximum", 60, "dead"),
            ((string?)metric["stat"], (int)metric["period"]!, (string?)metric["metric"]!["dimensions"]!["QueueName"]));
    }

    [Fact]
    public async Task State_survives_a_restart_and_is_not_told_again()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);
        using (var sqs = stack.Sqs()) await sqs.SendMessageAsync(
            new() { QueueUrl = stack.QueueUrl("Dead"), MessageBody = "broken" });
        await MinutesAsync(1);
        Assert.Single(Letters(stack));

        await stack.RestartAsync(_clock);
        await MinutesAsync(2);

        Assert.Equal("ALARM", await StateAsync(stack, "not-empty"));
        Assert.Single(Letters(stack));
        using (var sqs = stack.Sqs())
        {
            var broken = Assert.Single((await sqs.ReceiveMessageAsync(stack.QueueUrl("Dead"))).Messages);
            await sqs.DeleteMessageAsync(
                new() { QueueUrl = stack.QueueUrl("Dead"), ReceiptHandle = broken.ReceiptHandle });
        }

        await MinutesAsync(1);
        Assert.Equal("OK", await StateAsync(stack, "not-empty"));
    }

    [Fact]
    public async Task Alarm_needs_all_its_periods_and_a_topic_that_lets_it_in()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);
        Assert.Equal("INSUFFICIENT_DATA", await StateAsync(stack, "old"));
        using (var sqs = stack.Sqs()) await sqs.SendMessageAsync(
            new() { QueueUrl = stack.QueueUrl("Dead"), MessageBody = "broken" });

        await MinutesAsync(3);
        Assert.Equal("OK", await StateAsync(stack, "old"));
        await MinutesAsync(1);
        Assert.Equal("ALARM", await StateAsync(stack, "old"));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var refusal = await stack.Host.Activity.ReadAsync(limit.Token)
            .FirstAsync(entry => entry.Kind == "ActionFailed", limit.Token);
        Assert.Contains("sns:Publish", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_data_breaches_only_for_the_time_that_was_measured()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);

        await MinutesAsync(4);
        Assert.Equal("INSUFFICIENT_DATA", await StateAsync(stack, "silent"));
        await MinutesAsync(1);

        Assert.Equal("ALARM", await StateAsync(stack, "silent"));
        Assert.Contains(
            "5 missing datapoints were treated as [Breaching]",
            await File.ReadAllTextAsync(Assert.Single(Letters(stack))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Night_asleep_is_no_missing_data()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);
        await MinutesAsync(3);

        _clock.Sleep(TimeSpan.FromHours(8));
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
        Assert.Equal("INSUFFICIENT_DATA", await StateAsync(stack, "silent"));
        await MinutesAsync(4);
        Assert.Equal("INSUFFICIENT_DATA", await StateAsync(stack, "silent"));
        Assert.Empty(Letters(stack));

        await MinutesAsync(1);
        Assert.Equal("ALARM", await StateAsync(stack, "silent"));
    }

    [Fact]
    public async Task Alarm_on_what_is_not_measured_says_so_and_breaks_nothing()
    {
        await using var stack = await EmulatedStack.StartAsync(Template, _clock);

        var never = (await DescribeAsync(stack)).Single(alarm => (string?)alarm["AlarmName"] == "never");

        Assert.Equal("INSUFFICIENT_DATA", (string?)never["StateValue"]);
        Assert.Equal(
            "Of AWS/Lambda the emulator measures Invocations, Errors, Throttles, DestinationDeliveryFailures, not " +
            "'Duration'.",
            (string?)never["StateReason"]);
    }

    [AwsCliFact]
    public async Task Aws_cli_describes_alarms()
    {
        // By the true time: the CLI signs with it.
        await using var stack = await EmulatedStack.StartAsync(Template);
        var start = new ProcessStartInfo("aws")
        {
            ArgumentList = { "cloudwatch", "describe-alarms", "--alarm-name-prefix", "not-", "--query",
                "MetricAlarms[].[AlarmName,Threshold,Dimensions[0].Value,StateUpdatedTimestamp!=null]", "--output",
                "text" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ENDPOINT_URL"] = stack.Url, ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = "anything", ["AWS_SECRET_ACCESS_KEY"] = "anything",
            },
        };
        using var cli = Process.Start(start)!;

        var (printed, errors) = (await cli.StandardOutput.ReadToEndAsync(), await cli.StandardError.ReadToEndAsync());

        Assert.Empty(errors);
        Assert.Equal("not-empty\t1\tdead\tTrue", printed.Trim());
    }

    /// <summary>Lets minutes pass, each until every alarm has been looked at.</summary>
    private async Task MinutesAsync(int count)
    {
        for (; count > 0; count--)
        {
            await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
            _clock.Advance(TimeSpan.FromMinutes(1));
            await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
        }
    }

    private static string[] Letters(EmulatedStack stack) =>
        Directory.GetFiles(stack.Folder, "*.eml", SearchOption.AllDirectories);

    private static async Task<string?> StateAsync(EmulatedStack stack, string alarm) =>
        (string?)(await DescribeAsync(stack)).Single(
            described => (string?)described["AlarmName"] == alarm)["StateValue"];

    private static async Task<List<JsonNode>> DescribeAsync(EmulatedStack stack)
    {
        var answer = await RawCall.JsonAsync(stack.Url, "GraniteServiceVersion20100801.DescribeAlarms", "{}");
        return [.. answer.Body["MetricAlarms"]!.AsArray().Select(alarm => alarm!)];
    }
}
