using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Jobs.Cli.Verify;
using Jobs.Core;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line proves the laptop's stack, with real processes for all that is proved.</summary>
public sealed class VerifyTests(JobsLaptop stack) : IClassFixture<JobsLaptop>
{
    /// <summary>
    /// A planned time is up to a minute away, and a timeout is one; the rest is generous, for a machine that is busy.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <summary>Looks between two ticks: each is a function's work.</summary>
    private const int LooksPerTick = 20;

    [Fact]
    public async Task Every_promise_is_seen_to_be_kept_and_nothing_is_left()
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var proved = await WhileMinutesPassAsync(jobs.JsonAsync("verify", "--json", "--timeout", "10"));

        var promises = proved["promises"]!.AsArray();
        Assert.All(promises, promise => Assert.True((string)promise!["outcome"]! == "kept", proved.ToJsonString()));
        Assert.Equal(
            [.. Verification.Names, "dead-letters", "removal"],
            promises.Select(promise => (string)promise!["name"]!));
        var alert = SeenOf(promises, "email").TrimEnd('.').Split(' ')[^1];
        Assert.NotEmpty(await stack.MailAsync("To: admin@example.com", alert));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Interruption_leaves_nothing_either()
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();
        var isInterrupted = false;

        var (code, _, error) = await WhileMinutesPassAsync(jobs.RunAsync(
            said =>
            {
                if (isInterrupted || !said.Line.EndsWith(" is kept", StringComparison.Ordinal)) return;
                isInterrupted = true;
                // As Ctrl-C, which a shell has what it starts in the background ignore.
                Process.Start("kill", ["-TERM", $"{said.Process.Id}"]).Dispose();
            },
            "verify", "--only", "upload,once,schedule,timeout"));

        Assert.Equal(130, code);
        Assert.Contains("Interrupted.", error, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    private async Task<T> WhileMinutesPassAsync<T>(Task<T> command)
    {
        var looks = 0;
        await stack.WaitAsync<object>(
            "the end of the verification",
            async () =>
            {
                if (command.IsCompleted) return command;
                if (looks++ % LooksPerTick != 0) return null;
                await stack.TickAsync();
                await stack.BacklogAsync();
                return null;
            },
            Patience);
        return await command;
    }

    private async Task AssertNothingIsLeftAsync()
    {
        var objects = await stack.Laptop.S3.ListVersionsAsync(
            new ListVersionsRequest { BucketName = stack.Laptop.Bucket, Prefix = CanaryNames.Prefix });
        Assert.Empty(objects.Versions ?? []);
        // A run that was cancelled at the last moment stops a moment later.
        await stack.WaitAsync<object>("no canary to have a task", async () =>
            (await stack.TasksAsync()).All(task => task.LastStatus == "STOPPED" || !IsCanary(task)) ? stack : null);
        var queue = await stack.Queues.GetQueueAttributesAsync(new GetQueueAttributesRequest
        {
            QueueUrl = stack.Laptop.Output(OutputNames.QueuePrefix + Names.Queue(CanaryNames.OfQueue)),
            AttributeNames = ["ApproximateNumberOfMessages"],
        });
        Assert.Equal(0, queue.ApproximateNumberOfMessages);
        Assert.Equal("DISABLED", await RuleStateAsync());
    }

    private static bool IsCanary(Amazon.ECS.Model.Task task) => CanaryNames.All.Any(
        name => task.TaskDefinitionArn.Contains($"_{name}:", StringComparison.Ordinal));

    private async Task<string?> RuleStateAsync()
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, stack.Laptop.Endpoint)
        {
            Content = new StringContent($$"""{"Name":"{{stack.Laptop.Output(OutputNames.CanaryRule)}}"}"""),
        };
        call.Headers.Add("X-Amz-Target", "AWSEvents.DescribeRule");
        call.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var answer = await stack.Http.SendAsync(call);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["State"];
    }

    private static string SeenOf(JsonArray promises, string name) =>
        (string)promises.Single(promise => (string)promise!["name"]! == name)!["seen"]!;
}
