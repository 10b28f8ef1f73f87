using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;

namespace Jobs.Tests.Packages.Elsewhere;

/// <summary><c>dotnet jobs up</c> in a process of its own, and what it says.</summary>
internal sealed partial class RunningStack : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private RunningStack(Process process, Task<string> errors, Uri endpoint) =>
        (_process, _errors, Endpoint) = (process, errors, endpoint);

    public Uri Endpoint { get; }

    public static async Task<RunningStack> StartAsync(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Address().Match(line) is { Success: true } found) return new(process, errors, new Uri(found.Value));
        }

        throw new InvalidOperationException($"It ended:\n{string.Join('\n', said)}\n{await errors}");
    }

    /// <summary>Reads what it says until a line that matches, and answers that line.</summary>
    public async Task<string> UntilAsync(string pattern)
    {
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Regex.IsMatch(line, pattern)) return line;
        }

        throw new InvalidOperationException(
            $"It ended before it said {pattern}:\n{string.Join('\n', said)}\n{await _errors}");
    }

    /// <summary>Uploads a text into the runner's bucket.</summary>
    public async Task UploadAsync(string key, string text)
    {
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config
            {
                ServiceURL = Endpoint.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            });
        var bucket = (await s3.ListBucketsAsync()).Buckets.Single(
            one => one.BucketName.Contains("jobsbucket", StringComparison.Ordinal));
        await s3.PutObjectAsync(new() { BucketName = bucket.BucketName, Key = key, ContentBody = text });
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
