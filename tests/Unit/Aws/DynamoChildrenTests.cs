using Jobs.Aws.Runs;
using Jobs.Core.InMemory;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

[Collection(nameof(DynamoTables))]
public sealed class DynamoChildrenTests(DynamoTables tables)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Children_are_known_once_and_their_first_ending_stays(bool inMemory)
    {
        IChildren children = inMemory ? new InMemoryChildren() : new DynamoChildren(tables.Client, DynamoTables.Runs, new ManualClock());
        var parent = RunId.From("line-count", nameof(DynamoChildrenTests));
        var (first, tenth) = (Child(parent, 0), Child(parent, 9_999));

        Assert.Empty(await children.ReadAsync(parent, default));
        await children.RegisterAsync(parent, tenth, default);
        Assert.Equal(new EndingCount(1, true), await children.NoteEndAsync(parent, tenth with { State = RunState.Failed, Error = "No." }, default));
        await children.RegisterAsync(parent, tenth, default);
        Assert.Equal(new EndingCount(2, false), await children.NoteEndAsync(parent, tenth with { State = RunState.Cancelled }, default));
        Assert.Equal(new EndingCount(3, false), await children.NoteEndAsync(parent, first with { State = RunState.Succeeded }, default));
        await children.RegisterAsync(parent, Child(parent, 1), default);

        Assert.Equal(
            [first with { State = RunState.Succeeded }, Child(parent, 1), tenth with { State = RunState.Failed, Error = "No." }],
            await children.ReadAsync(parent, default));
    }

    private static ChildRun Child(RunId parent, int index) => new(index, ChildRun.IdOf("part", parent, index));
}
