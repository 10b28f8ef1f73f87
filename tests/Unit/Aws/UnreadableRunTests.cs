using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Runs;
using Jobs.Cli.Reading;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

[Collection(nameof(DynamoTables))]
public sealed class UnreadableRunTests(DynamoTables tables)
{
    /// <summary>Each is something that a newer version, or a hand, may have done to an item.</summary>
    public static TheoryData<string, AttributeValue?> Damages => new()
    {
        { "state", null },
        { "createdAt", new AttributeValue { S = "yesterday" } },
        { "policy", new AttributeValue { S = "none" } },
        { "policy", null },
        { "parent", new AttributeValue { S = "absent" } },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_item_is_a_run_that_cannot_be_read(string attribute, AttributeValue? value)
    {
        var run = Sample.In(RunState.Running);
        var item = RunItems.Write(run);
        if (value is null) item.Remove(attribute);
        else item[attribute] = value;

        Assert.Equal(run.Id, Assert.Throws<UnreadableRunException>(() => RunItems.Read(item)).Run);
    }

    [Fact]
    public async Task Runs_beside_one_that_cannot_be_read_are_read()
    {
        var runs = Enumerable.Range(0, 7).Select(i => RunId.From("damaged", $"{i}")).ToList();
        foreach (var id in runs)
        {
            var item = RunItems.Write(
                new Run(id)
                {
                    State = RunState.Pending,
                    Trigger = "test",
                    Policy = Sample.In(RunState.Pending).Policy,
                    CreatedAt = Sample.Now,
                });
            if (id == runs[3]) item["createdAt"] = new AttributeValue { S = "yesterday" };
            await tables.Client.PutItemAsync(DynamoTables.Runs, item);
        }

        var read = await RunBatch.ReadAsync(
            new DynamoRunHistory(tables.Client, DynamoTables.Runs, DynamoTables.Results), runs, default);

        Assert.Equal(runs.Where(id => id != runs[3]), read.Runs.Select(reading => reading.Run.Id));
        Assert.Equal(runs[3], Assert.Single(read.Unreadable).Id);
        Assert.Contains("yesterday", read.Unreadable[0].Why, StringComparison.Ordinal);
    }
}
