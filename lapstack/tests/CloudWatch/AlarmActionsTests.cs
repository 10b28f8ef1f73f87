using System.Text.Json.Nodes;
using Lapstack.Delivery;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.CloudWatch;
using Lapstack.Tests.Lambda;

namespace Lapstack.Tests.CloudWatch;

/// <summary>Alarms that invoke functions, and metrics that functions print.</summary>
public sealed class AlarmActionsTests : IEventBus, IScaling
{
    private static readonly Account Account = new("000000000000", "us-east-1");
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 1, 0, TimeSpan.Zero);

    [Fact]
    public async Task Alarm_invokes_its_function_with_what_has_changed()
    {
        await using var bench = new LambdaBench();

        await RunAsync(bench);

        await bench.UntilAsync(() => bench.Metrics.Contains("Invocations 1"));
        var invocation = new AlarmChange(Alarm(bench), Before(), After()).Invocation(Account);
        Assert.Equal(
            """
            {"source":"aws.cloudwatch","alarmArn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:backlog","accountId":"000000000000","time":"2026-01-05T08:01:00.000+0000","region":"us-east-1","alarmData":{"alarmName":"backlog","configuration":{"metrics":[{"id":"m1","metricStat":{"metric":{"namespace":"Jobs","name":"Backlog","dimensions":{"Job":"drain"}},"period":60,"stat":"Maximum"},"returnData":true}],"description":"Messages wait."},"previousState":{"value":"OK","reason":"none","timestamp":"2026-01-05T08:00:00.000+0000"},"state":{"value":"ALARM","reason":"many","timestamp":"2026-01-05T08:01:00.000+0000"}}}
            """,
            invocation.ToJsonString(JsonText.Plain));
    }

    [Fact]
    public async Task Function_that_lets_no_alarm_in_is_not_invoked()
    {
        await using var bench = new LambdaBench { Refused = "lambda:InvokeFunction" };

        await RunAsync(bench);

        Assert.True(await bench.ReportedAsync("ActionFailed"));
        Assert.Empty(bench.WaitingEvents());
    }

    [Fact]
    public async Task Metric_that_a_function_prints_is_published()
    {
        await using var bench = new LambdaBench();
        const string Line = """{"_aws":{"Timestamp":1767600000000,"CloudWatchMetrics":[{"Namespace":"Jobs","Dimensions":[["Job"]],"Metrics":[{"Name":"BacklogPerTask"}]}]},"Job":"drain","BacklogPerTask":12}""";

        await bench.InvokeAsync(new JsonObject { ["print"] = Line }.ToJsonString());

        await bench.UntilAsync(() => bench.Metrics.Contains("BacklogPerTask 12"));
    }

    Task IEventBus.PutAsync(JsonObject @event, CancellationToken cancellation) => Task.CompletedTask;

    bool IScaling.Exists(string policyArn) => false;

    void IScaling.Scale(string policyArn, string alarm, double breach, bool isBelow) =>
        Assert.Fail("There is no policy.");

    private async Task RunAsync(LambdaBench bench)
    {
        var actions = new AlarmActions(
            bench, new ServiceSender(
                bench, bench.Functions, bench), this, this, bench, Account, bench.Activity, new Ids(new Random(1)));
        await actions.RunAsync(Alarm(bench), Before(), After(), 3, CancellationToken.None);
    }

    private static Alarm Alarm(LambdaBench bench) => new(
        "backlog",
        Account.Arn("cloudwatch", "alarm:backlog"),
        "Messages wait.",
        new AlarmMetric(new MetricName("Jobs", "Backlog", ("Job", "drain")), "Maximum"),
        null,
        "GreaterThanOrEqualToThreshold",
        1,
        TimeSpan.FromMinutes(1),
        1,
        1,
        "missing",
        true,
        new Dictionary<AlarmState, IReadOnlyList<string>> { [AlarmState.ALARM] = [bench.Function.Arn] });

    private static AlarmStatus Before() => new(AlarmState.OK, "none", Now.AddMinutes(-1));

    private static AlarmStatus After() => new(AlarmState.ALARM, "many", Now);
}
