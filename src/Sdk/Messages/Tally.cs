namespace Jobs.Sdk.Messages;

/// <summary>Counts what became of messages.</summary>
internal sealed class Tally
{
    private readonly long[] _counts = new long[Enum.GetValues<MessageFate>().Length];

    public long this[MessageFate fate] => Interlocked.Read(ref _counts[(int)fate]);

    public void Add(MessageFate fate) => Interlocked.Increment(ref _counts[(int)fate]);

    public DrainSummary ToSummary(TimeSpan time) =>
        new(
            this[MessageFate.Handled],
            this[MessageFate.Returned],
            this[MessageFate.DeadLettered],
            this[MessageFate.Lost],
            Math.Round(time.TotalSeconds, 1))
        {
            Skipped = this[MessageFate.Skipped],
        };

    public override string ToString() =>
        $"{this[MessageFate.Handled]} handled, {this[MessageFate.Returned]} returned, " +
        $"{this[MessageFate.DeadLettered]} " +
        $"dead-lettered{Also(MessageFate.Skipped, "skipped")}{Also(MessageFate.Lost, "lost")}";

    private string Also(MessageFate fate, string word) => this[fate] is > 0 and var count ? $", {count} {word}" : "";
}
