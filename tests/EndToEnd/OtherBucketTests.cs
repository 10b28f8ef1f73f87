using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Uploads to a bucket that the stack did not make, and that has no versions.</summary>
[Collection(JobsCollection.Name)]
public sealed class OtherBucketTests(JobsLaptop stack)
{
    [Fact]
    public async Task Upload_to_a_bucket_that_exists_runs_with_the_rights_to_read_it_and_is_found_by_its_key()
    {
        const string Key = "brief/other/a +ü%.txt";
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var there = await stack.EndOfAsync(await PutAsync(Key, "in the other bucket"));
        var here = await stack.EndOfAsync(await stack.UploadAsync("brief", Key, "in the runner's"));

        Assert.Equal(
            [(RunState.Succeeded, "in the other bucket"), (RunState.Succeeded, "in the runner's")],
            new[] { there, here }.Select(run => (run.Run.State, JobsLaptop.Result(run))));
        Assert.Equal("upload s3://raw/brief/*", there.Run.Trigger);
        Assert.Equal(2, (await jobs.JsonAsync("runs", "--key", Key, "--json"))["runs"]!.AsArray().Count);
        var one = Assert.Single(
            (await jobs.JsonAsync("runs", "--key", Key, "--bucket", "raw", "--json"))["runs"]!.AsArray())!;
        Assert.Equal((there.Run.Id.ToString(), $"s3://{TestStack.RawBucket}/{Key}"), ((string)one["id"]!,
            (string)one["about"]!));
    }

    [Fact]
    public async Task Replay_of_a_bucket_without_versions_starts_nothing_that_has_run()
    {
        const string Prefix = "brief/replayed/";
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();
        var ran = await PutAsync(Prefix + "a", "one");
        await stack.EndOfAsync(ran);
        await stack.EndOfAsync(await PutAsync(Prefix + "b", "two"));

        var replayed = await jobs.JsonWhileTickingAsync(
            "replay", "--prefix", Prefix, "--bucket", "raw", "--yes", "--json");

        Assert.Equal((0, 2, true), ReplayTests.Progress(replayed));
    }

    [Fact]
    public async Task Content_that_is_uploaded_again_without_a_version_runs_again()
    {
        const string Key = "brief/again/a";
        var first = await stack.EndOfAsync(await PutAsync(Key, "the same"));

        await PutAsync(Key, "the same");

        var runs = await stack.WaitAsync("the second run", async () =>
        {
            var ended = (await stack.HistoryAsync("brief"))
                .Where(run => run.Run.IsOver && Upload.TryParse(run.Run.Input) is { Key: Key })
                .ToList();
            return ended.Count == 2 ? ended : null;
        });
        Assert.Contains(first.Run.Id, runs.Select(run => run.Run.Id));
        Assert.All(runs, run => Assert.Equal((RunState.Succeeded, 1), (run.Run.State, run.Run.Launch)));
    }

    [Fact]
    public async Task Doctor_finds_its_events_on()
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var check = (await jobs.JsonAsync("doctor", "--json"))["checks"]!.AsArray()
            .Single(one => (string)one!["name"]! == "buckets")!;

        Assert.Equal("ok", (string)check["outcome"]!);
        Assert.Contains(TestStack.RawBucket, (string)check["detail"]!, StringComparison.Ordinal);
    }

    private async Task<RunId> PutAsync(string key, string content)
    {
        var put = await stack.Laptop.S3.PutObjectAsync(
            new() { BucketName = TestStack.RawBucket, Key = key, ContentBody = content });
        return UploadIntake.Identify("brief", new Upload(TestStack.RawBucket, key) { ETag = put.ETag.Trim('"') });
    }
}
