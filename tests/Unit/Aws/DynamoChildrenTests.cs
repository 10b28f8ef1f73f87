using Jobs.Aws.Runs;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>The table and its stand-in in memory keep the same promises.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoChildrenTests(DynamoTables tables)
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Child_stays_as_it_was_registered_first(bool inMemory)
    {
        var (children, parent) = New(inMemory, "registered");
        var child = Child(parent, 7) with { Fingerprint = "one", RegisteredAt = At };

        Assert.Equal(child, await children.RegisterAsync(parent, child, default));
        var other = child with { Run = RunId.From("other", "x"), Fingerprint = "two", RegisteredAt = At.AddHours(1) };
        Assert.Equal(child, await children.RegisterAsync(parent, other, default));

        Assert.Equal([child], await children.AllAsync(parent, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task First_ending_stays_and_is_new_once(bool inMemory)
    {
        var (children, parent) = New(inMemory, "endings");
        var (first, last) = (Child(parent, 100), Child(parent, 199));

        Assert.Equal(new EndingNote(true, Block(1, failed: 99)), await NoteAsync(last, RunState.TimedOut, "No."));
        Assert.Equal(new EndingNote(false, Block(1, failed: 99)),
            await NoteAsync(last, RunState.Cancelled, "Another."));
        Assert.Equal(new EndingNote(false, Block(1, failed: 99)), await NoteAsync(last, RunState.Succeeded));
        Assert.Equal(new EndingNote(true, Block(1, succeeded: 0, failed: 99)),
            await NoteAsync(first, RunState.Succeeded));
        Assert.Equal(new EndingNote(false, Block(1, succeeded: 0, failed: 99)),
            await NoteAsync(first, RunState.Succeeded));
        Assert.Equal(new EndingNote(false, Block(1, succeeded: 0, failed: 99)),
            await NoteAsync(first, RunState.Failed, "Too late."));

        var blocks = await children.BlocksAsync(parent, default);
        Assert.Equal((2, 1, 1), (blocks.Ended(200), blocks.Ended(199), blocks.Failed(200)));
        Assert.Equal([last with { State = RunState.TimedOut, Error = "No." }],
            await children.FailuresAsync(parent, blocks, 200, 5, default));

        Task<EndingNote> NoteAsync(ChildRun child, RunState state, string? error = null) =>
            children.NoteEndAsync(parent, child with { State = state, Error = error }, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_are_noted_at_once_over_the_blocks_they_lie_in(bool inMemory)
    {
        var (children, parent) = New(inMemory, "many");

        await children.NoteFailedAsync(parent, [.. Enumerable.Range(250, 99_750)], default);
        await children.NoteBegunAsync(parent, [98, 99, 100], default);
        await children.NoteBegunAsync(parent, [], default);

        var blocks = await children.BlocksAsync(parent, default);
        Assert.Equal((99_750, 99_750), (blocks.Ended(100_000), blocks.Failed(100_000)));
        Assert.Equal([.. Enumerable.Range(0, 98), .. Enumerable.Range(101, 149)], blocks.Unbegun(100_000));
        Assert.Equal(Enumerable.Range(0, 250), blocks.Unended(100_000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Children_are_read_by_pages(bool inMemory)
    {
        var (children, parent) = New(inMemory, "pages");
        foreach (var index in (int[])[9_999, 0, 12, 11]) await children.RegisterAsync(parent,
            Child(parent, index) with { Fingerprint = "f", RegisteredAt = At }, default);

        Assert.Equal([0, 11], (await children.ReadAsync(parent, 0, 2, default)).Select(child => child.Index));
        Assert.Equal([12, 9_999], (await children.ReadAsync(parent, 12, 2, default)).Select(child => child.Index));
        Assert.Empty(await children.ReadAsync(parent, 10_000, 2, default));
    }

    private (IChildren Children, RunId Parent) New(bool inMemory, string name) => (
        inMemory ? new InMemoryChildren() : new DynamoChildren(tables.Client, DynamoTables.Runs, new ManualClock()),
        RunId.From("line-count", nameof(DynamoChildrenTests), name));

    private static ChildBlock Block(int number, int? succeeded = null, int? failed = null) =>
        new(number, 0, Bit(succeeded), Bit(failed));

    private static UInt128 Bit(int? index) => index is { } bit ? UInt128.One << bit : 0;

    private static ChildRun Child(RunId parent, int index) => new(index, ChildRun.IdOf("part", parent, index));
}
