using System.Collections.Frozen;

namespace Jobs.Tests.Simulation.Schedules;

/// <summary>A service that may be out, or a part of one.</summary>
internal enum Port
{
    /// <summary>DynamoDB: both tables and whatever lies in them.</summary>
    Tables,

    /// <summary>The Results table alone: what workers write, and is read with each run.</summary>
    Results,
    Slots,
    AlertCauses,
    Schedules,
    Children,
    Replays,
    Drains,
    Lease,
    RunTask,
    StopTask,
    DescribeTasks,
    Topic,
    DeadLetters,
    Queues,
    CommandsQueue,
    Bucket,
}

/// <summary>Which call goes to which service.</summary>
internal static class Ports
{
    private static readonly FrozenDictionary<string, Port> ByCall = new Dictionary<string, Port>
    {
        ["Claim"] = Port.Results,
        ["Heartbeat"] = Port.Results,
        ["Complete"] = Port.Results,
        ["Close"] = Port.Results,
        ["AcquireSlot"] = Port.Slots,
        ["ReleaseSlot"] = Port.Slots,
        ["NoteAwaited"] = Port.Slots,
        ["NobodyWaits"] = Port.Slots,
        ["Slots"] = Port.Slots,
        ["AllSlots"] = Port.Slots,
        ["CountAlert"] = Port.AlertCauses,
        ["SettleAlert"] = Port.AlertCauses,
        ["ClaimAlert"] = Port.AlertCauses,
        ["NoteAlertSent"] = Port.AlertCauses,
        ["OpenAlerts"] = Port.AlertCauses,
        ["ReadSchedule"] = Port.Schedules,
        ["AllSchedules"] = Port.Schedules,
        ["SaveSchedule"] = Port.Schedules,
        ["ForgetSchedule"] = Port.Schedules,
        ["RegisterChild"] = Port.Children,
        ["NoteEnd"] = Port.Children,
        ["ReadChildren"] = Port.Children,
        ["ReadBlocks"] = Port.Children,
        ["NoteFailed"] = Port.Children,
        ["NoteBegun"] = Port.Children,
        ["ReadCursor"] = Port.Children,
        ["ClaimChildren"] = Port.Children,
        ["ClaimRest"] = Port.Children,
        ["ReplaceCursor"] = Port.Children,
        ["CreateReplay"] = Port.Replays,
        ["SaveReplay"] = Port.Replays,
        ["ReadReplay"] = Port.Replays,
        ["ActiveReplays"] = Port.Replays,
        ["ReadDrains"] = Port.Drains,
        ["SaveDrains"] = Port.Drains,
        ["TakeLease"] = Port.Lease,
        ["KeepLease"] = Port.Lease,
        ["ReleaseLease"] = Port.Lease,
        ["RunTask"] = Port.RunTask,
        ["StopTask"] = Port.StopTask,
        ["DescribeTasks"] = Port.DescribeTasks,
        ["ListTasks"] = Port.DescribeTasks,
        ["Publish"] = Port.Topic,
        ["SendDeadLetter"] = Port.DeadLetters,
        ["GetQueueAttributes"] = Port.Queues,
        ["SendCommand"] = Port.CommandsQueue,
        ["ReadLines"] = Port.Bucket,
        ["ListObjects"] = Port.Bucket,
    }.ToFrozenDictionary();

    /// <summary>Whether a call goes to a service. What is not listed goes to the tables.</summary>
    public static bool Has(this Port port, string call)
    {
        var of = ByCall.GetValueOrDefault(call, Port.Tables);
        return of == port || (port == Port.Tables && of < Port.RunTask)
            || (port == Port.Results && call is "Read" or "ReadMany" or "ReadOfHistory");
    }
}
