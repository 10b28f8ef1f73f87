using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// Looks at every alarm at each full minute, as CloudWatch does, and tells only of a change of state.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
/// </summary>
internal sealed class AlarmWatch(
    AlarmStore alarms,
    AlarmTransitions transitions,
    IMetrics metrics,
    AlarmActions actions,
    IQueues queues,
    RoomOnDisk room,
    Account account,
    Activity activity,
    TimeProvider clock) : IHostedPart, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly BackgroundWork _work = new(activity, "CloudWatch");
    private DateTimeOffset _measuredSince;

    public Task StartAsync(CancellationToken cancellation)
    {
        _measuredSince = clock.GetUtcNow();
        _work.Run(RunAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var last = clock.GetUtcNow();
            await Task.Delay(Period - TimeSpan.FromTicks(last.Ticks % Period.Ticks), clock, stopping);
            // A laptop that slept has measured nothing meanwhile.
            if (clock.GetUtcNow() > last + (2 * Period)) _measuredSince = clock.GetUtcNow();
            Measure();
            foreach (var alarm in alarms.All.Where(alarm => alarm.Refusal is null))
            {
                await room.AwaitAsync(() => LookAsync(alarm, stopping), stopping);
            }
        }
    }

    /// <summary>Queues are measured by looking at them, once a minute, as SQS does.</summary>
    private void Measure()
    {
        foreach (
            var name in alarms.All.Where(alarm => alarm is { Refusal: null, Metric.Name.Namespace: AlarmMetric.Sqs })
                .Select(alarm => alarm.Metric!.Name.Dimensions[0].Value)
                .Distinct())
        {
            var arn = account.Arn("sqs", name);
            if (!queues.Exists(arn)) continue;
            var depth = queues.Depth(arn);
            Add(name, "ApproximateNumberOfMessagesVisible", depth.Visible);
            Add(name, "ApproximateNumberOfMessagesNotVisible", depth.InFlight);
            Add(name, "ApproximateNumberOfMessagesDelayed", depth.Delayed);
            Add(name, "ApproximateAgeOfOldestMessage", depth.OldestAge.TotalSeconds);
        }
    }

    private void Add(string queue, string metric, double value) =>
        metrics.Add(new MetricName(AlarmMetric.Sqs, metric, ("QueueName", queue)), value);

    private async Task LookAsync(Alarm alarm, CancellationToken stopping)
    {
        // What was measured just now counts.
        var until = clock.GetUtcNow() + TimeSpan.FromTicks(1);
        var newest = metrics.Read(alarm.Metric!.Name, alarm.Metric.Statistic, until - alarm.Period, until);
        await transitions.ChangeAsync(alarm, Evaluate, newest, stopping);

        AlarmStatus? Evaluate(AlarmStatus before)
        {
            var after = AlarmEvaluation.Evaluate(alarm, before, metrics, until, _measuredSince);
            if (after is { State: AlarmState.ALARM } && before.State == AlarmState.ALARM) actions.Repeat(alarm, newest);
            return after;
        }
    }
}
