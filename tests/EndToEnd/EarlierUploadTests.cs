using Jobs.Core;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>What was uploaded before the stack could handle it runs after all.</summary>
public sealed class EarlierUploadTests(EarlierUploads earlier) : IClassFixture<EarlierUploads>
{
    private JobsLaptop Stack => earlier.Stack;

    [Fact]
    public async Task Objects_that_are_older_than_their_trigger_run_by_a_replay_of_the_prefix_once()
    {
        using var jobs = new JobsCommand(Stack);
        await jobs.CatalogAsync();
        var ran = await Stack.UploadAsync("brief", "brief/earlier/d", "uploaded later");
        await Stack.EndOfAsync(ran);
        string[] command = ["replay", "--prefix", "brief/earlier/", "--json"];

        var dry = await jobs.JsonAsync(command);
        Assert.Equal((4, 1, false), ((int)dry["count"]!, (int)dry["ran"]!, (bool)dry["sent"]!));

        Assert.Equal((3, 1, true), ReplayTests.Progress(await jobs.JsonWhileTickingAsync([.. command, "--yes"])));

        foreach (
            var (key, id) in earlier.Runs.Where(one => one.Key.StartsWith("brief/earlier/", StringComparison.Ordinal)))
        {
            var end = await Stack.EndOfAsync(id);
            Assert.Equal((RunState.Succeeded, $"content of {key}"), (end.Run.State, JobsLaptop.Result(end)));
        }

        Assert.Equal((0, 4, true), ReplayTests.Progress(await jobs.JsonWhileTickingAsync([.. command, "--yes"])));
        Assert.Equal(1, (await Stack.ReadAsync(ran))!.Run.Launch);
    }

    [Fact]
    public async Task Dead_letters_go_back_and_those_that_have_not_run_do()
    {
        using var jobs = new JobsCommand(Stack);
        await jobs.CatalogAsync();
        await LetterAsync(earlier.Messages["brief/letters/d"]);
        await LetterAsync(
            """{"job":"brief","trigger":"t","event":{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{}}}}""");

        var dry = await jobs.JsonAsync("replay", "--dead-letters", "uploads", "--json");
        Assert.Equal((2, 0), ((int)dry["count"]!, (int)dry["ran"]!));
        var moved = await jobs.JsonAsync(
            "replay", "--dead-letters", "uploads", "--per-minute", "600", "--yes", "--json");

        Assert.Equal(2, (int)moved["progress"]!["started"]!);
        var end = await Stack.EndOfAsync(earlier.Runs["brief/letters/d"]);
        Assert.Equal("content of brief/letters/d", JobsLaptop.Result(end));
        // What still cannot be done is a dead letter again, with the reason of this time.
        var letters = await Stack.WaitAsync("the dead letter", async () =>
            (await jobs.JsonAsync("dead-letters", "uploads", "--json"))["messages"]!.AsArray() is { Count: 1 } found
                ? found
                : null);
        Assert.StartsWith(
            "The message is not an upload: its event has no detail.bucket.name or no detail.object.key",
            (string)letters[0]!["reason"]!,
            StringComparison.Ordinal);
    }

    private async Task LetterAsync(string body) => await Stack.Queues.SendMessageAsync(new()
    {
        QueueUrl = Stack.Laptop.Output(OutputNames.DeadLettersPrefix + "Uploads"),
        MessageBody = body,
        MessageAttributes = new()
        {
            ["reason"] = new() { DataType = "String", StringValue = "The function was not there." },
        },
    });
}
