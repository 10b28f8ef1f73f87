using Amazon.Runtime;
using Amazon.S3;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>The whole laptop dies without a word, as when its battery is empty.</summary>
public sealed class KilledLaptopTests
{
    [Fact]
    public async Task Local_killed_in_mid_run_has_lost_nothing_when_it_is_started_again()
    {
        var state = JobsLaptop.NewFolder();
        var ids = await RunAndKillAsync(state);

        var stack = new JobsLaptop(new LaptopSettings { State = state });
        await stack.InitializeAsync();
        try
        {
            foreach (var name in ids.Keys) await stack.OpenGateAsync("slow", name);
            foreach (var id in ids.Values)
            {
                var reading = await stack.UntilAsync(id, RunState.Succeeded);
                Assert.Equal(1, reading.Run.Attempt);
            }

            Assert.Equal(2, (await stack.ReadAsync(ids["first"]))!.Run.Launch);
            Assert.Empty(await stack.MailAsync("slow/"));
        }
        finally
        {
            await stack.DisposeAsync();
        }
    }

    /// <summary>
    /// Starts Local as a person does, with two jobs at work and one that was just uploaded, and kills it.
    /// </summary>
    private static async Task<IReadOnlyDictionary<string, RunId>> RunAndKillAsync(string state)
    {
        await using var local = await LocalProcess.UpAsync(state);
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config
            {
                ServiceURL = local.Endpoint.ToString(),
                AuthenticationRegion = Laptop.Region,
                ForcePathStyle = true,
            });
        var bucket = (await s3.ListBucketsAsync()).Buckets.Select(one => one.BucketName)
            .Single(name => name != TestStack.RawBucket);
        var ids = new Dictionary<string, RunId>
        {
            ["first"] = await UploadAsync(s3, bucket, "first"),
            ["second"] = await UploadAsync(s3, bucket, "second"),
        };
        foreach (var name in ids.Keys) await UntilAsync(() => s3.ReadTextAsync(bucket, $"running/slow/{name}/1"));
        ids["third"] = await UploadAsync(s3, bucket, "third");
        return ids;
    }

    private static async Task<RunId> UploadAsync(AmazonS3Client s3, string bucket, string name)
    {
        await s3.WriteTextAsync(bucket, $"gates/slow/{name}", "closed");
        var put = await s3.WriteTextAsync(bucket, $"slow/{name}", "");
        return UploadIntake.Identify("slow", new Upload(bucket, $"slow/{name}") { VersionId = put.VersionId });
    }

    private static async Task UntilAsync(Func<Task<string?>> condition)
    {
        using var limit = new CancellationTokenSource(RunningLaptop.Patience);
        while (await condition() is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        }
    }
}
