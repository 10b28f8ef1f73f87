using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Replays;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

[Collection(nameof(DynamoTables))]
public sealed class DynamoReplaysTests(DynamoTables tables)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replay_is_kept_whole_and_written_by_one_at_a_time(bool inMemory)
    {
        IReplays replays = inMemory ? new InMemoryReplays() : new DynamoReplays(tables.Client, DynamoTables.Runs);
        var begun = new Replay(
            $"whole-{inMemory}", """{"prefix":"ü/"}""", 60, Force: true, new ManualClock().GetUtcNow());

        Assert.Null(await replays.ReadAsync(begun.Id, default));
        Assert.True(await replays.CreateAsync(begun, default));
        Assert.False(await replays.CreateAsync(begun with { PerMinute = 1 }, default));
        Assert.Equal(begun, await replays.ReadAsync(begun.Id, default));

        var moved = begun with
        {
            Version = 2,
            Position = "ü/a~b",
            NextAt = begun.NextAt.AddMinutes(1),
            Started = 3,
            Skipped = 4,
            Failed = 5,
            Tries = 6,
            Error = "S3 is away.",
        };
        Assert.True(await replays.SaveAsync(moved, default));
        Assert.False(await replays.SaveAsync(moved, default));
        Assert.Equal(moved, await replays.ReadAsync(begun.Id, default));
        Assert.Contains(moved, await replays.ActiveAsync(default));

        var over = moved with
        {
            Version = 3,
            Position = null,
            Error = null,
            IsOver = true,
            IsGivenUp = true,
            IsCancelled = true,
        };
        Assert.True(await replays.SaveAsync(over, default));
        Assert.Equal(over, await replays.ReadAsync(begun.Id, default));
        Assert.DoesNotContain(over, await replays.ActiveAsync(default));
    }

    [Fact]
    public async Task Replay_expires_90_days_after_it_was_last_worked_on()
    {
        var begun = new Replay("expires", """{"prefix":"a/"}""", 60, Force: false, new ManualClock().GetUtcNow());
        await new DynamoReplays(tables.Client, DynamoTables.Runs).CreateAsync(begun, default);

        var item = (await tables.Client.GetItemAsync(new GetItemRequest
        {
            TableName = DynamoTables.Runs,
            Key = new() { [Tables.PartitionKey] = new() { S = "replays" }, [Tables.SortKey] = new() { S = "expires" } },
        })).Item;

        Assert.Equal($"{begun.NextAt.AddDays(90).ToUnixTimeSeconds()}", item[Tables.ExpiresAt].N);
    }
}
