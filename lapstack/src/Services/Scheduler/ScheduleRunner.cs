using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Schedules;
using Lapstack.State;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// Brings planned times to their queues when they come, at least once: each is in the state folder from when it came
/// until it has arrived.
/// </summary>
internal sealed class ScheduleRunner(
    StateFolder state, ScheduleStore schedules, ScheduleSender sender, RoomOnDisk room, TimeProvider clock, Ids ids,
    Activity activity)
    : IHostedPart, IDisposable
{
    private const string Folder = "deliveries";

    private readonly ServiceState _state = state.For("scheduler");
    private readonly BackgroundWork _work = new(activity, "Scheduler");

    /// <summary>Takes up what an earlier run owed, too.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var file in _state.List(Folder))
        {
            if (_state.Read<PlannedDelivery>(file) is { } delivery)
            {
                _work.Run(stopping => DeliverAsync(delivery, stopping));
            }
        }
        foreach (var schedule in schedules.All) _work.Run(stopping => RunAsync(schedule, now, stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task RunAsync(SchedulerTask schedule, DateTimeOffset from, CancellationToken cancellation)
    {
        await foreach (var planned in PlannedTimes.OfAsync(schedule.Times, from, clock, cancellation))
        {
            // A schedule that is disabled keeps its beat, and may be enabled again.
            if (schedules.Find(schedule.Arn) is not { IsEnabled: true }) continue;
            var delivery = new PlannedDelivery(ids.Uuid(), schedule.Arn, planned, Failures: 0, NextAttemptAt: planned);
            await room.AwaitAsync(() => _state.Write(FileOf(delivery), delivery), cancellation);
            activity.Report(
                "Scheduler",
                "Scheduled",
                $"{schedule.Name} ({schedule.Times.Expression}) fired for {IsoTime.Seconds(planned)} → " +
                $"{schedule.TargetArn[(schedule.TargetArn.LastIndexOf(':') + 1)..]}");
            _work.Run(stopping => DeliverAsync(delivery, stopping));
        }
    }

    private async Task DeliverAsync(PlannedDelivery delivery, CancellationToken cancellation)
    {
        var file = FileOf(delivery);
        // A schedule that is gone from the template is owed nothing.
        while (schedules.Find(delivery.ScheduleArn) is { } schedule)
        {
            var pause = delivery.NextAttemptAt - clock.GetUtcNow();
            if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, cancellation);
            var due = delivery;
            if (await room.AwaitAsync(
                () => sender.AttemptAsync(schedule, due, cancellation), cancellation) is not { } again) break;
            delivery = again;
            await room.AwaitAsync(() => _state.Write(file, again), cancellation);
        }
        _state.Delete(file);
    }

    private static string FileOf(PlannedDelivery delivery) => $"{Folder}/{delivery.Id}.json";
}
