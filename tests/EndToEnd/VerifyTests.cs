using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Jobs.Cli.Verify;
using Jobs.Core;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line proves the laptop's stack, with real processes for all that is proved.</summary>
[Collection(JobsCollection.Name)]
public sealed class VerifyTests(JobsLaptop stack)
{
    /// <summary>A planned time is up to a minute away, and a timeout is one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Every_promise_is_seen_to_be_kept_and_nothing_is_left()
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var proved = await WhileMinutesPassAsync(jobs.JsonAsync("verify", "--json", "--timeout", "5"));

        var promises = proved["promises"]!.AsArray();
        Assert.All(promises, promise => Assert.True((string)promise!["outcome"]! == "kept", proved.ToJsonString()));
        Assert.Equal(
            [.. Verification.Names, "dead-letters", "removal"],
            promises.Select(promise => (string)promise!["name"]!));
        var alert = SeenOf(promises, "email").TrimEnd('.').Split(' ')[^1];
        Assert.Single(await stack.MailAsync("To: admin@example.com", alert));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Ctrl_C_leaves_nothing_either()
    {
        using var jobs = new JobsCommand(stack);
        await jobs.CatalogAsync();

        var (code, _, error) = await WhileMinutesPassAsync(jobs.RunAsync(
            said =>
            {
                if (said.Line.EndsWith(" is kept", StringComparison.Ordinal)) Interrupt(said.Process);
            },
            "verify"));

        Assert.Equal(130, code);
        Assert.Contains("Interrupted. Nothing is left.", error, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    private static void Interrupt(System.Diagnostics.Process process) =>
        System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]);

    private async Task<T> WhileMinutesPassAsync<T>(Task<T> command)
    {
        await stack.WaitAsync<object>(
            "the end of the verification",
            async () =>
            {
                if (command.IsCompleted) return command;
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
        var canaries = (await stack.TasksAsync()).Where(
            task => task.LastStatus != "STOPPED"
                && task.Group.Contains("canary", StringComparison.Ordinal)
                && !task.Group.Contains(CanaryNames.OfQueue, StringComparison.Ordinal));
        Assert.Empty(canaries);
        var queue = await stack.Queues.GetQueueAttributesAsync(new GetQueueAttributesRequest
        {
            QueueUrl = stack.Laptop.Output(OutputNames.QueuePrefix + Names.Queue(CanaryNames.OfQueue)),
            AttributeNames = ["ApproximateNumberOfMessages"],
        });
        Assert.Equal(0, queue.ApproximateNumberOfMessages);
        Assert.Equal("DISABLED", await RuleStateAsync());
    }

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
