using Jobs.Core.Runs;
using Jobs.Core.Slots;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// What each partition of DynamoDB is asked for in each second, against what one may be: 1,000 write units and 3,000
/// read units a second, and
/// 400 KB an item. Burst and adaptive capacity are not counted on.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
/// </summary>
internal sealed class Partitions(SimulatedWorld world)
{
    public const double WritesPerSecond = 1_000;

    public const double ReadsPerSecond = 3_000;

    public const int LargestItem = 400 * 1_024;

    private readonly Dictionary<Partition, Use> _uses = [];

    /// <summary>The most write units that a partition was asked for in a second, and which.</summary>
    public (Partition Partition, double Units) MostWrites { get; private set; }

    /// <summary>A control item was written, and with it its entries in the indexes.</summary>
    public void Stored(Run? before, Run after)
    {
        var size = ItemSizes.Of(after);
        Write(Partition.Run(after.Id), size);
        if (before is null) Write(Partition.History(after), 100);
        Moved(before?.NextCheckAt, after.NextCheckAt, Partition.Watch(after), ItemSizes.Watched);
        Moved(before?.TurnAt, after.TurnAt, Partition.Waiting(after.Id.Job), size);
    }

    /// <summary>One of the calls whose item needs no looking for.</summary>
    public void Called(string call)
    {
        switch (call)
        {
            case "AcquireSlot" or "ReleaseSlot" or "NoteAwaited" or "NobodyWaits":
                Write(Partition.Slots, ItemSizes.OfHolders(SlotBlocks.Size));
                break;
            case "TakeLease" or "KeepLease" or "ReleaseLease":
                Write(Partition.Lease, ItemSizes.Lease);
                break;
            default:
                break;
        }
    }

    /// <param name="size">Of the item, in bytes: a write unit takes 1 KB.</param>
    public void Write(Partition partition, int size)
    {
        if (size > LargestItem)
        {
            world.Fail(nameof(Invariants.PartitionsHold),
                $"An item of {partition} has {size:N0} bytes; DynamoDB takes {LargestItem:N0}.");
        }

        var use = UseOf(partition);
        use.Writes += (size + 1_023) / 1_024;
        if (use.Writes > MostWrites.Units) MostWrites = (partition, use.Writes);
        if (use.Writes > WritesPerSecond) Fail(partition, use.Writes, "write", WritesPerSecond);
    }

    /// <param name="size">
    /// Of what is read, in bytes: a read unit takes 4 KB, or twice as much when it need not be consistent.
    /// </param>
    public void Read(Partition partition, int size, bool isConsistent)
    {
        var use = UseOf(partition);
        use.Reads += ((size + 4_095) / 4_096) * (isConsistent ? 1 : 0.5);
        if (use.Reads > ReadsPerSecond) Fail(partition, use.Reads, "read", ReadsPerSecond);
    }

    // An entry whose sort key changes is deleted and written anew; one that stays is written once.
    private void Moved(DateTimeOffset? before, DateTimeOffset? after, Partition partition, int size)
    {
        if (before is not null && before != after) Write(partition, size);
        if (after is not null) Write(partition, size);
    }

    private Use UseOf(Partition partition)
    {
        var second = world.Loop.Now.Ticks / TimeSpan.TicksPerSecond;
        if (!_uses.TryGetValue(partition, out var use)) _uses[partition] = use = new Use();
        if (use.Second != second) (use.Second, use.Writes, use.Reads) = (second, 0, 0);
        return use;
    }

    private void Fail(Partition partition, double units, string kind, double limit) => world.Fail(
        nameof(Invariants.PartitionsHold),
        $"The partition {partition} is asked for {units:N0} {kind} units in one second; DynamoDB gives {limit:N0}.");

    private sealed class Use
    {
        public long Second { get; set; }

        public double Writes { get; set; }

        public double Reads { get; set; }
    }
}
