using System.Collections.Concurrent;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.State;

namespace Lapstack.Services.Events;

/// <summary>
/// Brings accepted events to their targets, at least once. Each is in the state folder from before it is accepted until
/// after it has arrived, so that a crash repeats a delivery and never forgets one.
/// </summary>
internal sealed class Deliveries(
    StateFolder state, RuleStore rules, TargetSender sender, RoomOnDisk room, TimeProvider clock, Ids ids,
    Activity activity, ChaosDice chaos)
    : IHostedPart, IDisposable
{
    private const string Folder = "deliveries";

    /// <summary>By how much chaos delays an event at most.</summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly ServiceState _state = state.For("events");
    private readonly ConcurrentDictionary<string, byte> _running = new();
    private readonly BackgroundWork _work = new(activity, "EventBridge");

    /// <summary>Returns when the delivery is stored; it happens on its own.</summary>
    public void Add(EventRule rule, RuleTarget target, string @event)
    {
        AddOne(rule, target, @event);
        if (!chaos.Hit(chaos.Shares.Duplicate)) return;
        chaos.Report("duplicate", $"EventBridge delivers an event of {rule.Name} twice.");
        AddOne(rule, target, @event);
    }

    /// <summary>Takes up what an earlier run owed.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        foreach (var file in _state.List(Folder))
        {
            if (_state.Read<PendingDelivery>(file) is { } delivery) Run(delivery);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private void Run(PendingDelivery delivery)
    {
        if (_running.TryAdd(delivery.Id, 0)) _work.Run(stopping => RunAsync(delivery, stopping));
    }

    private void AddOne(EventRule rule, RuleTarget target, string @event)
    {
        var now = clock.GetUtcNow();
        var delivery = new PendingDelivery(
            ids.Uuid(), rule.Id, target.Id, @event, now, Failures: 0, NextAttemptAt: now + Delay(rule));
        _state.Write(FileOf(delivery), delivery);
        Run(delivery);
    }

    private TimeSpan Delay(EventRule rule)
    {
        if (!chaos.Hit(chaos.Shares.Delay)) return TimeSpan.Zero;
        var delay = chaos.Within(LongestDelay);
        chaos.Report("delay", $"EventBridge delivers an event of {rule.Name} {delay.TotalSeconds:F1} s late.");
        return delay;
    }

    /// <summary>
    /// A delivery that ends without having arrived, because the emulator ends or something is broken, is stored still.
    /// </summary>
    private async Task RunAsync(PendingDelivery delivery, CancellationToken stopping)
    {
        try
        {
            await DeliverAsync(delivery, stopping);
        }
        catch (Exception broken) when (!stopping.IsCancellationRequested)
        {
            activity.Report("EventBridge", "Undelivered",
                $"{delivery.RuleId} to {delivery.TargetId}: {broken.Message} It is kept, and tried again at the " +
                "next start.");
        }
        finally
        {
            _running.TryRemove(delivery.Id, out _);
        }
    }

    private async Task DeliverAsync(PendingDelivery delivery, CancellationToken cancellation)
    {
        while (true)
        {
            var pause = delivery.NextAttemptAt - clock.GetUtcNow();
            if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, cancellation);
            // A rule or target that is gone from the template is owed nothing.
            if (rules.Find(delivery.RuleId) is not { } rule
                || rule.Targets.FirstOrDefault(t => t.Id == delivery.TargetId) is not { } target)
            {
                break;
            }

            var again = await sender.AttemptAsync(rule, target, delivery, cancellation);
            if (again is null) break;
            delivery = again;
            await room.AwaitAsync(() => _state.Write(FileOf(again), again), cancellation);
        }
        _state.Delete(FileOf(delivery));
    }

    private static string FileOf(PendingDelivery delivery) => $"{Folder}/{delivery.Id}.json";
}
