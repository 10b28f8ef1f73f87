using System.Text.Json.Nodes;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.CloudWatch;

/// <summary>Alarms that say when they are over, and of silence when there was something to hear.</summary>
public sealed class AlarmEndTests
{
    private const string Resources = """
        {
          "Alerts": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" } },
          "AlertsPolicy": { "Type": "AWS::SNS::TopicPolicy", "Properties": { "Topics": [ { "Ref": "Alerts" } ], "PolicyDocument": {
            "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "cloudwatch.amazonaws.com" }, "Action": "sns:Publish",
            "Resource": { "Ref": "Alerts" } } ] } } },
          "Mail": { "Type": "AWS::SNS::Subscription", "Properties": { "TopicArn": { "Ref": "Alerts" }, "Protocol": "email", "Endpoint": "ops@example.com" } },
          "Silent": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "silent",
            "Namespace": "Own", "MetricName": "Beats", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 2, "Threshold": 1,
            "ComparisonOperator": "LessThanThreshold", "TreatMissingData": "missing",
            "InsufficientDataActions": [ { "Ref": "Alerts" } ], "OKActions": [ { "Ref": "Alerts" } ] } },
          "Failing": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "AlarmName": "failing",
            "Namespace": "Own", "MetricName": "Faults", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching",
            "AlarmActions": [ { "Ref": "Alerts" } ], "OKActions": [ { "Ref": "Alerts" } ] } }
        }
        """;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task New_alarm_tells_nothing_and_one_that_is_over_says_so()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        await MinuteAsync(stack);
        Assert.Empty(Subjects(stack));

        await MinuteAsync(stack, "Faults");
        await MinuteAsync(stack);

        Assert.Equal(["ALARM: \"failing\" in us-east-1", "OK: \"failing\" in us-east-1"], Subjects(stack));
    }

    [Fact]
    public async Task Silence_is_told_only_after_something_was_heard()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        for (var i = 0; i < 3; i++) await MinuteAsync(stack);
        await MinuteAsync(stack, "Beats");
        Assert.Empty(Subjects(stack));

        await MinuteAsync(stack);
        Assert.Empty(Subjects(stack));
        await MinuteAsync(stack);
        Assert.Equal(["INSUFFICIENT_DATA: \"silent\" in us-east-1"], Subjects(stack));
        await MinuteAsync(stack, "Beats");

        Assert.Equal(
            ["INSUFFICIENT_DATA: \"silent\" in us-east-1", "OK: \"silent\" in us-east-1"], Subjects(stack));
    }

    [Fact]
    public async Task Silence_while_the_emulator_was_away_is_none()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        await MinuteAsync(stack, "Beats");
        await stack.RestartAsync(_clock);

        await MinuteAsync(stack);
        Assert.Empty(Subjects(stack));
        await MinuteAsync(stack);

        Assert.Equal(["INSUFFICIENT_DATA: \"silent\" in us-east-1"], Subjects(stack));
    }

    /// <summary>Lets a minute pass, until every alarm has been looked at.</summary>
    /// <param name="metric">What is counted in it; null for nothing.</param>
    private async Task MinuteAsync(EmulatedStack stack, string? metric = null)
    {
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
        _clock.Advance(TimeSpan.FromSeconds(30));
        if (metric is not null)
        {
            await RawCall.JsonAsync(
                stack.Url,
                "GraniteServiceVersion20100801.PutMetricData",
                new JsonObject
                {
                    ["Namespace"] = "Own",
                    ["MetricData"] = new JsonArray(new JsonObject { ["MetricName"] = metric, ["Value"] = 1 }),
                }.ToJsonString());
        }

        _clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
    }

    private static string[] Subjects(EmulatedStack stack) =>
    [
        .. Directory.GetFiles(stack.Folder, "*.eml", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("Subject: ", StringComparison.Ordinal))
            .Select(line => line["Subject: ".Length..])
            .Order(StringComparer.Ordinal),
    ];
}
