using Amazon.Runtime;
using Amazon.S3.Model;
using Jobs.Core.Ids;
using Jobs.Core.Triggers;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>Uploads briefs as a program does that gives up none: each again until S3 has accepted it.</summary>
internal sealed class Uploader(StackClients stack, Random chance, TimeProvider clock)
{
    private const int AtOnce = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BeforeRepeat = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();

    /// <summary>Of each accepted upload the run that it makes, and its content.</summary>
    public async Task<IReadOnlyDictionary<RunId, string>> UploadAsync(int count, CancellationToken cancellation)
    {
        var accepted = new Dictionary<RunId, string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, count, options, async (i, stop) =>
        {
            await Task.Delay(Fraction() * LongestPause, clock, stop);
            var (key, content) = ($"brief/{i}", $"content {i}");
            var version = await AcceptedAsync(key, content, stop);
            var id = UploadIntake.Identify("brief", new Upload(stack.Bucket, key) { VersionId = version });
            lock (_gate) accepted.Add(id, content);
        });
        return accepted;
    }

    private async Task<string> AcceptedAsync(string key, string content, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var request = new PutObjectRequest { BucketName = stack.Bucket, Key = key, ContentBody = content };
                return (await stack.S3.PutObjectAsync(request, stop)).VersionId;
            }
            catch (Exception refused) when (Outage.Is(refused) && !stop.IsCancellationRequested)
            {
                await Task.Delay(BeforeRepeat, clock, stop);
            }
        }
    }

    private double Fraction()
    {
        lock (_gate) return chance.NextDouble();
    }
}
