using System.Text;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>A queue's service from no task to one and back, and what keeps a task that has a message in hand.</summary>
public sealed class ServiceTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Service = "jobs_patient";

    private readonly JobsLaptop _stack = new(
        new LaptopSettings { State = JobsLaptop.NewFolder(), ScalingPeriod = TimeSpan.FromSeconds(1) });

    public Task InitializeAsync() => _stack.InitializeAsync();

    public Task DisposeAsync() => _stack.DisposeAsync();

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    [Fact]
    public async Task Message_wakes_the_service_and_when_all_is_done_it_goes_back_to_no_task()
    {
        Assert.Equal((0, 0), Counts(await DescribeAsync()));
        for (var i = 0; i < 5; i++) await SendAsync($"patient/{i}", "open");

        await LookAtBacklogAsync();
        await UntilAsync("the service to have a task", service => Counts(service) == (1, 1));
        await UntilEmptyAsync();

        // The tick publishes the backlog, a minute's or a test's; the scaling does the rest.
        await UntilAsync(
            "the service to be scaled in",
            service => Counts(service) == (0, 0) && IsSteady(service),
            LookAtBacklogAsync);
        var activities = await AskAsync(
            "AnyScaleFrontendService.DescribeScalingActivities", """{"ServiceNamespace":"ecs"}""");
        Assert.Equal("Setting desired count to 0.", (string?)activities["ScalingActivities"]![0]!["Description"]);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("1", await _stack.Laptop.S3.ReadTextAsync(_stack.Laptop.Bucket, $"running/patient/{i}"));
        }
    }

    [Fact]
    public async Task Task_with_a_message_in_hand_is_not_stopped_by_scale_in_until_it_is_done()
    {
        await SendAsync("patient/held", "closed");
        await LookAtBacklogAsync();
        await _stack.WaitAsync(
            "the message to be in hand",
            () => _stack.Laptop.S3.ReadTextAsync(_stack.Laptop.Bucket, "running/patient/held"));
        var task = Assert.Single(
            (await AskEcsAsync("ListTasks", new JsonObject { ["serviceName"] = Service }))["taskArns"]!
                .AsArray())!.GetValue<string>();

        await AskEcsAsync("UpdateService", new JsonObject { ["service"] = Service, ["desiredCount"] = 0 });
        await UntilAsync(
            "the service to want none and keep one", service => Counts(service) == (0, 1) && IsSteady(service));
        var kept = (
            await AskEcsAsync("GetTaskProtection",
                new JsonObject { ["tasks"] = new JsonArray(task) }))["protectedTasks"]![0]!;
        Assert.True((bool)kept["protectionEnabled"]!);

        await _stack.Laptop.S3.WriteTextAsync(_stack.Laptop.Bucket, "gates/patient/held", "open");
        await UntilEmptyAsync();
        await UntilAsync("the task to be stopped", service => Counts(service) == (0, 0));
        var stopped = (
            await AskEcsAsync("DescribeTasks", new JsonObject { ["tasks"] = new JsonArray(task) }))["tasks"]![0]!;
        Assert.Equal("ServiceSchedulerInitiated", (string?)stopped["stopCode"]);
        Assert.Equal("1", await _stack.Laptop.S3.ReadTextAsync(_stack.Laptop.Bucket, "running/patient/held"));
    }

    private async Task SendAsync(string key, string gate)
    {
        await _stack.Laptop.S3.WriteTextAsync(_stack.Laptop.Bucket, $"gates/{key}", gate);
        await _stack.Queues.SendMessageAsync(
            new SendMessageRequest { QueueUrl = Queue, MessageBody = $$"""{"key":"{{key}}"}""" });
    }

    private string Queue => _stack.Laptop.Output("JobsQueuePatient");

    private async Task UntilEmptyAsync()
    {
        string[] names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
        await _stack.WaitAsync("the queue to be empty", async () =>
        {
            var answer = await _stack.Queues.GetQueueAttributesAsync(
                new GetQueueAttributesRequest { QueueUrl = Queue, AttributeNames = [.. names] });
            return names.All(name => answer.Attributes[name] == "0") ? answer : null;
        });
    }

    /// <summary>What the rule that runs each minute does, now.</summary>
    private async Task LookAtBacklogAsync()
    {
        var url = new Uri(
            _stack.Laptop.Endpoint,
            $"/2015-03-31/functions/{_stack.Resource("JobsFunctionsOnBacklogFunction")}/invocations");
        using var answer = await _stack.Http.PostAsync(url, new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.False(
            answer.EnsureSuccessStatusCode().Headers.Contains("X-Amz-Function-Error"),
            await answer.Content.ReadAsStringAsync());
    }

    private Task<JsonNode> UntilAsync(
        string what, Func<JsonNode, bool> condition, Func<Task>? meanwhile = null) => _stack.WaitAsync(what, async () =>
    {
        if (meanwhile is not null) await meanwhile();
        return await DescribeAsync() is var service && condition(service) ? service : null;
    });

    private async Task<JsonNode> DescribeAsync() =>
        (
            await AskEcsAsync("DescribeServices",
                new JsonObject { ["services"] = new JsonArray(Service) }))["services"]![0]!;

    private static (int Desired, int Running) Counts(JsonNode service) =>
        ((int)service["desiredCount"]!, (int)service["runningCount"]!);

    private static bool IsSteady(JsonNode service) =>
        (string?)service["events"]![0]!["message"] == $"(service {Service}) has reached a steady state.";

    private Task<JsonNode> AskEcsAsync(string operation, JsonObject input)
    {
        input["cluster"] = _stack.Laptop.Output("JobsCluster");
        return AskAsync($"AmazonEC2ContainerServiceV20141113.{operation}", input.ToJsonString());
    }

    private async Task<JsonNode> AskAsync(string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _stack.Laptop.Endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
        request.Headers.Add("X-Amz-Target", target);
        using var answer = await _stack.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
