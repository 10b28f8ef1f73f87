using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Alerts;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.Unit.Core.Runs;
using Jobs.Tests.Unit.House;

namespace Jobs.Tests.Unit.Aws;

/// <summary>How an open cause lies in the table, for this version and for others.</summary>
[Collection(nameof(DynamoTables))]
public sealed class AlertCauseItemTests(DynamoTables tables)
{
    private DynamoAlertCauses Causes => new(tables.Client, DynamoTables.Runs);

    /// <summary>A write costs a unit for each KiB that has begun: two, with space for a longer reason.</summary>
    [Fact]
    public async Task Item_stays_small_however_large_the_storm()
    {
        var key = new AlertCauseKey("alert-test", true, new string('r', 100));
        for (var i = 0; i < AlertCause.MaxMembers + 20; i++)
        {
            await Causes.CountAsync(key, Stalled($"{i}"), "4m1zvhqh-0740", Sample.Now, default);
            if (i % 2 == 0) await Causes.SettleAsync(key, Stalled($"{i}"), recovered: true, Sample.Now, default);
        }

        var seen = (await Causes.OpenAsync(default)).Causes.Single(cause => cause.Key == key);
        Assert.True(await Causes.ClaimAsync(seen, AlertStep.First, Sample.Now, default));
        Assert.True(await Causes.NoteSentAsync(seen with { Claims = 2 }, AlertStep.First, default));
        Assert.True(await Causes.ClaimAsync(seen with { Claims = 2 }, AlertStep.Storm, Sample.Now, default));

        Assert.InRange(SizeOf(await ItemAsync(key)), 1_200, 1_536);
    }

    [Fact]
    public async Task New_item_says_its_format()
    {
        var key = new AlertCauseKey("alert-test", false, "format");
        await Causes.CountAsync(key, Failed("a"), "tail", Sample.Now, default);

        Assert.Equal("1", (await ItemAsync(key))["v"].N);
    }

    /// <summary>Items of this format lie in tables that are in use: they have to be read for ever.</summary>
    [Fact]
    public async Task Golden_item_of_version_1_is_read()
    {
        await WriteAsync(Golden());

        var cause = (await Causes.OpenAsync(default)).Causes.Single(open => open.Key.Job == "golden-job");

        Assert.Equal(new AlertCauseKey("golden-job", true, "CapacityUnavailable"), cause.Key);
        Assert.Equal(("4m1zvhqh-0740", "4m1zvhqh8k2n5p7r9t0w3x6y1a"), (cause.AlertId, cause.FirstRun));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), cause.OpenedAt);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 8, 9, 30, 250, TimeSpan.Zero), cause.LastAt);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 8, 10, 0, TimeSpan.Zero), cause.ClaimedAt);
        Assert.Equal((3, 2, 1, 2), (cause.Count, cause.Settled, cause.Recovered, cause.Claims));
        Assert.Equal((true, false, false), (cause.FirstIsSent, cause.StormIsSent, cause.IsClosing));
        var stall = new Stall(new(2026, 1, 5, 7, 41, 0, TimeSpan.Zero), "CapacityUnavailable");
        var stuck = AlertMember.Of(RunId.Parse("golden-job/7c2d9f4g1h3j5k8m0n6p2q4r9s"), stall);
        Assert.Equal([stuck.Name], cause.Members);
        Assert.Equal(3, cause.SettledMembers.Count);
        var settled = await Causes.SettleAsync(cause.Key, stuck, recovered: true, Sample.Now, default);
        Assert.Equal((3, 2), (settled!.Settled, settled.Recovered));
    }

    [Fact]
    public async Task Attributes_that_a_newer_version_added_stay()
    {
        var item = Golden();
        item["sk"] = new AttributeValue("failed#alert-test#newer");
        item["severity"] = new AttributeValue("high");
        await WriteAsync(item);
        var key = new AlertCauseKey("alert-test", false, "newer");

        var counted = await Causes.CountAsync(key, Failed("a"), "tail", Sample.Now, default);

        Assert.Equal(4, counted!.Cause.Count);
        Assert.Equal("high", (await ItemAsync(key))["severity"].S);
    }

    [Theory]
    [InlineData("sk", "paused#alert-test#unreadable", "'paused#alert-test#unreadable' is not the cause of an alert")]
    [InlineData("v", "2", "format 'v' is 2")]
    [InlineData("openedAt", "soon", "soon")]
    [InlineData("lastAt", null, "'lastAt'")]
    [InlineData("firstRun", "0", "not a run id")]
    public async Task Item_that_cannot_be_read_is_named_and_hides_no_other(string attribute, string? value, string why)
    {
        var sound = new AlertCauseKey("alert-test", false, $"sound beside {attribute}");
        await Causes.CountAsync(sound, Failed("a"), "tail", Sample.Now, default);
        var item = Golden();
        item["sk"] = new AttributeValue("failed#alert-test#unreadable");
        item.Remove(attribute);
        if (attribute == "v") item["v"] = new AttributeValue { N = value };
        else if (value is not null) item[attribute] = new AttributeValue(value);
        await WriteAsync(item);

        var open = await Causes.OpenAsync(default);
        await tables.Client.DeleteItemAsync(DynamoTables.Runs, new() { ["pk"] = item["pk"], ["sk"] = item["sk"] });

        Assert.Single(open.Causes, cause => cause.Key == sound);
        var named = Assert.Single(open.Unreadable);
        Assert.Contains(item["sk"].S, named, StringComparison.Ordinal);
        Assert.Contains(why, named, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_into_an_item_of_an_unknown_format()
    {
        var key = new AlertCauseKey("alert-test", true, "tomorrow");
        var item = Golden();
        item["sk"] = new AttributeValue(key.ToString());
        item["v"] = new AttributeValue { N = "2" };
        await WriteAsync(item);

        await Assert.ThrowsAsync<FormatException>(
            () => Causes.CountAsync(key, Stalled("a"), "tail", Sample.Now, default));
        await Assert.ThrowsAsync<FormatException>(
            () => Causes.SettleAsync(key, Stalled("a"), recovered: true, Sample.Now, default));

        var stored = await ItemAsync(key);
        await tables.Client.DeleteItemAsync(DynamoTables.Runs, new() { ["pk"] = item["pk"], ["sk"] = item["sk"] });
        Assert.Equal(("3", 1), (stored["count"].N, stored["members"].SS.Count));
    }

    private static Dictionary<string, AttributeValue> Golden() => GoldenItem.Read("alert-cause.v1");

    private async Task WriteAsync(Dictionary<string, AttributeValue> item) =>
        await tables.Client.PutItemAsync(DynamoTables.Runs, item);

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(AlertCauseKey key)
    {
        var place = new Dictionary<string, AttributeValue> { ["pk"] = new("alerts"), ["sk"] = new(key.ToString()) };
        return (await tables.Client.GetItemAsync(DynamoTables.Runs, place, consistentRead: true)).Item;
    }

    /// <summary>
    /// As DynamoDB measures, or a little more.
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    /// </summary>
    private static int SizeOf(Dictionary<string, AttributeValue> item) =>
        item.Sum(attribute => attribute.Key.Length + SizeOf(attribute.Value));

    private static int SizeOf(AttributeValue value) => value switch
    {
        { SS: { Count: > 0 } texts } => 3 + texts.Sum(text => text.Length + 1),
        { S: { } text } => text.Length,
        { N: { } number } => number.Length,
        _ => 1,
    };

    private static AlertMember Failed(string name) => AlertMember.Of(Id(name));

    private static AlertMember Stalled(string name) =>
        AlertMember.Of(Id(name), new Stall(Sample.Now, "CapacityUnavailable"));

    private static RunId Id(string name) => RunId.From("alert-test", name);
}
