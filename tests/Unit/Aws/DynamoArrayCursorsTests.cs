using Jobs.Aws.Runs;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>The table and its stand-in in memory keep the same promises.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoArrayCursorsTests(DynamoTables tables)
{
    private const int Count = 10;

    private static readonly ArrayCursor First = new(0, 1, 0, new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claims_follow_each_other_up_to_the_last(bool inMemory)
    {
        var (cursors, array) = New(inMemory, "claims");
        Assert.Null(await cursors.ClaimAsync(array, new(0, 1, 0, 1), Count, default));
        Assert.True(await cursors.ReplaceAsync(array, ArrayCursor.None, First, default));
        Assert.False(await cursors.ReplaceAsync(array, ArrayCursor.None, First, default));

        Assert.Equal(0, await cursors.ClaimAsync(array, new(1, null, 0, 4), Count, default));
        Assert.Equal(4, await cursors.ClaimAsync(array, new(1, 3, 0, 1), Count, default));
        Assert.Null(await cursors.ClaimAsync(array, new(1, 2, 0, 6), Count, default));
        Assert.Equal(5, await cursors.ClaimAsync(array, new(1, 2, 0, 5), Count, default));
        Assert.Null(await cursors.ClaimAsync(array, new(1, 1, 0, 1), Count, default));

        Assert.Equal(First with { Begun = 10 }, await cursors.ReadAsync(array, isExact: true, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_that_is_sent_again_claims_nothing_more(bool inMemory)
    {
        var (cursors, array) = New(inMemory, "again");
        await cursors.ReplaceAsync(array, ArrayCursor.None, First, default);

        Assert.Equal(0, await cursors.ClaimAsync(array, new(1, 7, 0, 1), Count, default));
        Assert.Null(await cursors.ClaimAsync(array, new(1, 7, 0, 1), Count, default));
        Assert.Equal(1, await cursors.ClaimAsync(array, new(1, 7, 1, 1), Count, default));
        Assert.Equal(2, await cursors.ClaimAsync(array, new(1, null, 0, 1), Count, default));
        Assert.Null(await cursors.ClaimAsync(array, new(1, null, 0, 1), Count, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Epoch_begins_only_when_no_process_has_claimed_and_ends_the_claims_of_the_one_before(bool inMemory)
    {
        var (cursors, array) = New(inMemory, "epochs");
        await cursors.ReplaceAsync(array, ArrayCursor.None, First, default);
        await cursors.ClaimAsync(array, new(1, 0, 0, 2), Count, default);

        Assert.False(await cursors.ReplaceAsync(array, First, First with { Epoch = 2 }, default));
        Assert.True(await cursors.ReplaceAsync(array, First with { Begun = 2 },
            First with { Begun = 2, Epoch = 2, SeenBegun = 2 }, default));
        Assert.Null(await cursors.ClaimAsync(array, new(1, 1, 0, 1), Count, default));
        Assert.Equal(2, await cursors.ClaimAsync(array, new(2, 0, 0, 1), Count, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rest_is_claimed_once_and_lines_are_found_where_they_were_noted(bool inMemory)
    {
        var (cursors, array) = New(inMemory, "rest");
        Assert.Null(await cursors.ReadAsync(array, isExact: false, default));
        await cursors.ReplaceAsync(array, ArrayCursor.None, First, default);
        await cursors.ClaimAsync(array, new(1, 0, 0, 2), Count, default);

        Assert.Equal(2, await cursors.ClaimRestAsync(array, Count, default));
        Assert.Null(await cursors.ClaimRestAsync(array, Count, default));

        Assert.Null(await cursors.OffsetAsync(array, 25, default));
        await cursors.NoteOffsetAsync(array, 25, 25_000_000_000, default);
        Assert.Equal(25_000_000_000, await cursors.OffsetAsync(array, 25, default));
    }

    private (IArrayCursors Cursors, RunId Array) New(bool inMemory, string name) => (
        inMemory ? new InMemoryArrayCursors()
            : new DynamoArrayCursors(tables.Client, DynamoTables.Runs, new ManualClock()),
        RunId.From("line-count", nameof(DynamoArrayCursorsTests), name));
}
