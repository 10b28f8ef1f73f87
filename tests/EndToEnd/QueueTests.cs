using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Jobs.Core;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// The shipped queue-worker: messages in, checksums out, and what cannot be done readable on the command line.
/// </summary>
[Collection(LaptopCollection.Name)]
public sealed class QueueTests(RunningLaptop stack)
{
    private string Queue => stack.Laptop.Output(OutputNames.QueuePrefix + "QueueWorker");

    [Fact]
    public async Task Messages_become_checksums_and_those_that_cannot_are_dead_letters_with_the_reason()
    {
        await stack.UploadAsync("csv-import", "incoming/queue/gdp.csv", File.OpenRead(RunningLaptop.Sample("gdp.csv")));
        await SendAsync("""{"key":"incoming/queue/gdp.csv"}""");
        await SendAsync("this is not JSON");
        await SendAsync("""{"key":"incoming/queue/never-uploaded.csv"}""");

        using var answer = await stack.Http.PostAsync(
            new Uri(
                stack.Laptop.Endpoint,
                $"/2015-03-31/functions/{stack.Resource("JobsFunctionsOnBacklogFunction")}/invocations"),
                    new StringContent("{}", Encoding.UTF8, "application/json"));
        var written = await stack.WaitAsync(
            "the checksum",
            () => stack.Laptop.S3.ReadTextAsync(stack.Laptop.Bucket, "checksums/incoming/queue/gdp.csv.json"));
        var letters = await stack.WaitAsync(
            "both dead letters", async () => await DeadLettersAsync() is { Count: 2 } both ? both : null);

        var checksum = JsonNode.Parse(written)!;
        Assert.Equal(
            ("f0a8408195646dbb1a9d7fc4424e2d302ee5380d0ec8834793f12ca25cbd7e2c", 576_746, 13_980),
            ((string)checksum["sha256"]!, (int)checksum["bytes"]!, (int)checksum["lines"]!));
        var broken = Assert.Single(letters, letter => (string)letter!["body"]! == "this is not JSON");
        Assert.StartsWith("The message is not JSON: ", (string)broken!["reason"]!, StringComparison.Ordinal);
        Assert.Contains("Job queue-worker takes {", (string)broken["reason"]!, StringComparison.Ordinal);
        var missing = Assert.Single(
            letters, letter => ((string)letter!["body"]!).Contains("never-uploaded", StringComparison.Ordinal));
        Assert.Contains("incoming/queue/never-uploaded.csv", (string)missing!["reason"]!, StringComparison.Ordinal);
    }

    private async Task SendAsync(string body) =>
        await stack.Queues.SendMessageAsync(new SendMessageRequest { QueueUrl = Queue, MessageBody = body });

    /// <summary>As <c>dotnet jobs dead-letters</c> shows them.</summary>
    private async Task<JsonArray> DeadLettersAsync()
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Jobs.Cli.dll"), "dead-letters", "QueueWorker", "--json"])
        {
            RedirectStandardOutput = true,
        };
        info.Environment["AWS_ENDPOINT_URL"] = stack.Laptop.Endpoint.ToString();
        info.Environment.Remove("JOBS_STACK");
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(output)!["messages"]!.AsArray();
    }
}
