using System.Text.Json;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Jobs.Core;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Uploads whose job is a handler: many of them in one task, with all that queues have.</summary>
[Collection(JobsCollection.Name)]
public sealed class SharedTaskTests(JobsLaptop stack) : IDisposable
{
    private const string Folder = "gathered/";
    private const int Uploads = 20;

    private readonly JobsCommand _jobs = new(stack);

    private string Queue => stack.Laptop.Output(OutputNames.QueuePrefix + "Gathered");

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task Twenty_uploads_are_one_run_each_is_handled_once_and_what_fails_is_redriven_and_replayed()
    {
        await _jobs.CatalogAsync();
        await stack.Laptop.S3.WriteTextAsync(stack.Laptop.Bucket, $"gates/{Folder}bad.txt", "closed");
        await PutAsync("bad.txt", "fail");
        await PutAsync("not-a-text.csv", "fine");
        for (var i = 0; i < Uploads; i++)
        {
            var upload = await PutAsync($"{i:00} +ü%.txt", "fine");
            if (i % 5 == 0) await AnnounceAgainAsync(upload);
        }

        await stack.BacklogAsync();
        var run = Assert.Single(await stack.WaitAsync("the end of the run", () => OverAsync(1)));

        Assert.Equal(RunState.Succeeded, run.Run.State);
        var summary = SummaryOf(run);
        // Four announced once more, and the one that only the rule's prefix has found.
        Assert.Equal((Uploads, 5, 1), (summary.Handled, summary.Skipped, summary.DeadLettered));
        var taken = await TakenAsync();
        Assert.Equal(Uploads, taken.Count);
        Assert.Equal(Uploads, taken.Select(Path.GetDirectoryName).Distinct().Count());

        await RedriveAsync();
        await stack.BacklogAsync();
        await stack.WaitAsync(
            "the dead letter to be handled",
            async () => (await TakenAsync()).FirstOrDefault(key => key.Contains("bad.txt", StringComparison.Ordinal)));
        await stack.WaitAsync("the end of the second run", () => OverAsync(2));

        await ReplayAsync();
    }

    /// <summary>The dead letter is the event as it came; it goes back to the queue once its cause is mended.</summary>
    private async Task RedriveAsync()
    {
        var letters = (await _jobs.JsonAsync("dead-letters", "Gathered", "--json"))["messages"]!.AsArray();
        var letter = Assert.Single(letters)!;
        Assert.Equal("It was told to.", (string)letter["reason"]!);
        Assert.Equal(Folder + "bad.txt", UploadMessage.Read((string)letter["body"]!).ToUpload().Key);
        await stack.OpenGateAsync("gathered", "bad.txt");
        var (code, _, error) = await _jobs.RunAsync("dead-letters", "Gathered", "--redrive");
        Assert.True(code == 0, error);
    }

    private async Task ReplayAsync()
    {
        var before = (await TakenAsync()).Count;
        var looked = await _jobs.JsonAsync("replay", "--prefix", Folder, "--json");
        Assert.Equal(Uploads + 1, (int)looked["count"]!);
        Assert.Equal("gathered", (string)looked["items"]![0]!["job"]!);

        var done = await _jobs.JsonWhileTickingAsync("replay", "--prefix", Folder, "--yes", "--json");

        Assert.Equal((0, 0, true), ReplayTests.Progress(done));
        Assert.Equal(Uploads + 1, (int)done["progress"]!["sent"]!);
        await stack.BacklogAsync();
        var last = (await stack.WaitAsync("the end of the third run", () => OverAsync(3)))
            .MaxBy(run => run.Run.CreatedAt)!;
        // Another task remembers nothing of what the first has handled.
        Assert.Equal((Uploads + 1, 0), (SummaryOf(last).Handled, SummaryOf(last).Skipped));
        Assert.Equal(before + Uploads + 1, (await TakenAsync()).Count);
    }

    private static DrainSummary SummaryOf(RunReading run) =>
        JsonSerializer.Deserialize<DrainSummary>(run.Worker!.ResultJson!, JsonSerializerOptions.Web)!;

    private async Task<Upload> PutAsync(string name, string content)
    {
        var put = await stack.Laptop.S3.WriteTextAsync(stack.Laptop.Bucket, Folder + name, content);
        return new Upload(stack.Laptop.Bucket, Folder + name) { VersionId = put.VersionId };
    }

    /// <summary>S3's event comes at least once, and so perhaps twice.</summary>
    private async Task AnnounceAgainAsync(Upload upload) => await stack.Queues.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = Queue,
        MessageBody = UploadMessage.Of("gathered", $"{Folder}*.txt", upload).ToJson(),
    });

    private async Task<IReadOnlyList<RunReading>?> OverAsync(int count)
    {
        await stack.TickAsync();
        var runs = await stack.HistoryAsync("gathered");
        return runs.Count >= count && runs.All(run => run.Run is { IsOver: true, Owed.IsEmpty: true }) ? runs : null;
    }

    private async Task<List<string>> TakenAsync()
    {
        var found = await stack.Laptop.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = stack.Laptop.Bucket, Prefix = $"taken/{Folder}" });
        return [.. (found.S3Objects ?? []).Select(one => one.Key)];
    }
}
