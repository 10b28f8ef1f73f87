using Amazon.DynamoDBv2.Model;
using Jobs.Aws;
using Jobs.Aws.Layout;
using Jobs.Aws.Workers;
using Jobs.Core.Definitions;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Aws.Workers;

/// <summary>Records as another program may have written them: a job's own role writes to the Results table.</summary>
public sealed class WorkerItemsTests
{
    private const string Arn = "arn:aws:ecs:eu-west-1:111122223333:task/jobs/1";

    private static readonly string[] Names =
    [
        "launch", "task", "claimedAt", "heartbeatAt", "completedAt", "progress", "result", "resultKey", "error",
        "children", "packed", "checkpoint", "labels",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "arn", Arn, "2026-01-05T08:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "NaN",
        "2026-02-30", "{", "\0",
    ];

    private static readonly string[] Numbers =
    [
        "0", "1", "2", "-1", "0.5", "1E+125", "-1E+125", "1E-130", "99999999999999999999999999999999999999",
        "2147483648", "",
    ];

    [Theory]
    [InlineData(1_000)]
    public void Any_item_is_read_without_an_exception(int firstSeed)
    {
        var records = 0;
        for (var seed = firstSeed; seed < firstSeed + 20_000; seed++)
        {
            var dice = new Random(seed);
            var item = Claim();
            foreach (var name in Names.Where(_ => dice.Next(3) == 0)) item[name] = Any(dice, depth: 0);
            if (dice.Next(4) == 0) item.Remove(Names[dice.Next(Names.Length)]);

            var record = WorkerItems.Read(item);

            if (record is null) continue;
            records++;
            AssertSane(record);
        }

        Assert.InRange(records, 5_000, 19_000);
    }

    [Theory]
    [InlineData("launch")]
    [InlineData("task")]
    [InlineData("claimedAt")]
    public void Item_without_a_whole_claim_is_no_record(string missing)
    {
        var item = Claim();
        Assert.NotNull(WorkerItems.Read(item));
        item.Remove(missing);
        Assert.Null(WorkerItems.Read(item));
    }

    [Theory]
    [InlineData("container:worker")]
    [InlineData("")]
    [InlineData("arn:aws:s3:::bucket")]
    public void Claim_names_a_task_of_ecs(string task)
    {
        var item = Claim();
        item["task"] = new AttributeValue { S = task };
        Assert.Null(WorkerItems.Read(item));
    }

    [Fact]
    public void What_is_as_the_host_writes_it_is_read_beside_what_is_not()
    {
        var item = Claim();
        item["heartbeatAt"] = new AttributeValue { S = "yesterday" };
        item["progress"] =
            new AttributeValue { M = new() { ["fraction"] = new() { N = "7" }, ["message"] = new() { S = "half" } } };
        item["error"] = new AttributeValue { S = "no map" };
        item["children"] = new AttributeValue { N = "2000000000" };
        item["result"] = new AttributeValue { S = "{}" };
        item["packed"] = new LongTexts
        {
            Stack = new string('s', 9_000),
            Log = ["one", new string('x', 9_000)],
        }.Pack()!;

        var record = WorkerItems.Read(item)!;

        Assert.Equal((null, null, null, "{}"), (record.HeartbeatAt, record.Error, record.Children, record.ResultJson));
        Assert.Equal(new WorkerProgress(null, "half"), record.Progress);
        Assert.Equal(("one", 500), (record.LogTail[0], record.LogTail[1].Length));
    }

    [Theory]
    [InlineData("team=billing,order=17", "order=17,team=billing")]
    [InlineData("team=billing,no label", "")]
    [InlineData("a=1,b=1,c=1,d=1,e=1,f=1", "")]
    public void Labels_are_read_when_all_of_them_are_as_the_host_writes_them(string written, string read)
    {
        var item = Claim();
        item["labels"] = new AttributeValue { SS = [.. written.Split(',')] };

        Assert.Equal(read, string.Join(',', WorkerItems.Read(item)!.Labels));
    }

    [Fact]
    public void Labels_of_another_type_are_none()
    {
        var item = Claim();
        item["labels"] = new AttributeValue { S = "team=billing" };

        Assert.Empty(WorkerItems.Read(item)!.Labels);
    }

    [Fact]
    public void Texts_that_are_longer_than_any_that_is_written_are_not_unpacked()
    {
        var item = Claim();
        item["packed"] = new LongTexts { Log = [new string('x', 2_000_000)] }.Pack()!;

        Assert.True(item["packed"].B.Length < 1_000);
        Assert.Empty(WorkerItems.Read(item)!.LogTail);
    }

    private static void AssertSane(WorkerRecord record)
    {
        Assert.True(record.Launch >= 1);
        Assert.Equal(Arn, record.TaskArn);
        Assert.True(record.Children is null or > 0);
        Assert.True(record.Progress?.Fraction is null or (>= 0 and <= 1));
        Assert.All(record.LogTail, Assert.NotNull);
        Assert.All(record.Labels, label => Assert.True(Labels.IsLabel(label)));
        // Times can be reckoned from.
        _ = (record.ClaimedAt.AddDays(7), record.HeartbeatAt?.AddDays(7));
    }

    private static Dictionary<string, AttributeValue> Claim() => new()
    {
        ["launch"] = new() { N = "2" },
        ["task"] = new() { S = Arn },
        ["claimedAt"] = new() { S = "2026-01-05T08:00:00.000Z" },
    };

    private static AttributeValue Any(Random dice, int depth) => dice.Next(depth > 2 ? 5 : 11) switch
    {
        0 => new AttributeValue { S = Texts[dice.Next(Texts.Length)] },
        1 => new AttributeValue { N = Numbers[dice.Next(Numbers.Length)] },
        2 => new AttributeValue { BOOL = dice.Next(2) == 0 },
        3 => new AttributeValue { NULL = true },
        4 => new AttributeValue { B = new MemoryStream([1, 2]) },
        5 => new AttributeValue { SS = dice.Next(2) == 0 ? ["a"] : ["a=1", "b=2"] },
        6 => new AttributeValue { NS = ["1"] },
        7 => new AttributeValue { BS = [new MemoryStream([3])] },
        8 => new AttributeValue { L = AnyList(dice, depth), IsLSet = true },
        9 => new AttributeValue(),
        _ => new AttributeValue { M = AnyMap(dice, depth), IsMSet = true },
    };

    private static List<AttributeValue> AnyList(Random dice, int depth) =>
        [.. Enumerable.Range(0, dice.Next(4)).Select(_ => Any(dice, depth + 1))];

    private static Dictionary<string, AttributeValue> AnyMap(Random dice, int depth) =>
        new[] { "type", "message", "stack", "retryable", "fraction" }.Where(_ => dice.Next(2) == 0).ToDictionary(
            name => name, _ => Any(dice, depth + 1));
}
