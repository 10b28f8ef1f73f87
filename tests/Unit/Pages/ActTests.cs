using System.Net;
using System.Text.Json.Nodes;
using Jobs.Cli.Ports;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;

namespace Jobs.Tests.Unit.Pages;

/// <summary>What the page's forms do: the command line's own, and the view that follows says what came of it.</summary>
public sealed class ActTests
{
    [Fact]
    public async Task Retry_asks_for_the_same_again_and_shows_the_new_run()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Failed);

        var next = await page.ActAsync($"/runs/{run.Id}/retry", ("id", "once"));

        Assert.Equal($$"""{"command":"retry","id":"once","run":"{{run.Id}}"}""", Assert.Single(page.Stack.Sent));
        Assert.Contains($"{RunId.From("csv-import", "retry", $"{run.Id}", "once")}", next, StringComparison.Ordinal);
        Assert.Contains("This run repeats", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_of_it_is_said_once()
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", RunState.Running);
        using var answer = await page.PostAsync($"/runs/{run.Id}/cancel");
        var address = answer.Headers.Location!.ToString();

        Assert.Contains("The end of this run was asked", await page.ReadAsync(address), StringComparison.Ordinal);
        Assert.DoesNotContain("The end of this run was asked", await page.ReadAsync(address), StringComparison.Ordinal);
        Assert.Contains("\"command\":\"cancel\"", Assert.Single(page.Stack.Sent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunState.Running, "retry", "is not over")]
    [InlineData(RunState.Succeeded, "cancel", "There is nothing to cancel")]
    public async Task What_makes_no_sense_is_refused_in_the_command_lines_words(RunState state, string move, string why)
    {
        await using var page = await RunningPage.StartAsync();
        var run = await page.Jobs.AddAsync("csv-import", "a", state);

        using var answer = await page.PostAsync($"/runs/{run.Id}/{move}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Stack.Sent);
    }

    [Fact]
    public async Task Submission_is_sent_with_its_input_labels_and_priority()
    {
        await using var page = await RunningPage.StartAsync();

        await page.ActAsync(
            "/jobs/csv-import/submit",
            ("id", "k"), ("input", """{"key":"a"}"""), ("labels", "team=billing order=17"), ("priority", "3"));

        var sent = JsonNode.Parse(Assert.Single(page.Stack.Sent))!;
        Assert.Equal("csv-import", (string)sent["job"]!);
        Assert.Equal("a", (string)sent["input"]!["key"]!);
        Assert.Equal("billing", (string)sent["labels"]!["team"]!);
        Assert.Equal(3, (int)sent["priority"]!);
    }

    [Fact]
    public async Task Input_that_does_not_fit_comes_back_with_the_reason_and_is_not_sent()
    {
        await using var page = await RunningPage.StartAsync();

        using var answer = await page.PostAsync(
            "/jobs/csv-import/submit", ("id", "k"), ("input", "{<not json>"), ("priority", "0"));
        var form = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The input is not JSON", form, StringComparison.Ordinal);
        Assert.Contains("{&lt;not json&gt;</textarea>", form, StringComparison.Ordinal);
        Assert.Empty(page.Stack.Sent);
    }

    [Fact]
    public async Task Schedule_is_paused_with_its_reason_and_end_and_resumed()
    {
        await using var page = await RunningPage.StartAsync();
        (string, string)[] schedule = [("schedule", "hourly")];

        var next = await page.ActAsync(
            "/jobs/hourly-report/pause", [.. schedule, ("reason", "It is rewritten."), ("until", "6h")]);
        await page.ActAsync("/jobs/hourly-report/resume", schedule);

        var (pause, resume) = (JsonNode.Parse(page.Stack.Sent[0])!, JsonNode.Parse(page.Stack.Sent[1])!);
        Assert.Equal(
            ("pause", "hourly-report", "hourly", "It is rewritten."),
            ((string)pause["command"]!, (string)pause["job"]!, (string)pause["schedule"]!, (string)pause["reason"]!));
        Assert.Equal(page.Jobs.Clock.GetUtcNow().AddHours(6), (DateTimeOffset)pause["until"]!);
        Assert.Equal(("resume", "hourly"), ((string)resume["command"]!, (string)resume["schedule"]!));
        Assert.Contains("hourly-report/hourly is being paused", next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1h")]
    [InlineData("why", "soon")]
    [InlineData("why", "400d")]
    public async Task Pause_without_a_reason_or_with_an_end_that_is_none_is_refused(string reason, string until)
    {
        await using var page = await RunningPage.StartAsync();

        using var answer = await page.PostAsync("/jobs/csv-import/pause", ("reason", reason), ("until", until));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(page.Stack.Sent);
    }

    [Fact]
    public async Task Redrive_moves_the_dead_letters_back()
    {
        await using var page = await RunningPage.StartAsync();
        page.Stack.Letters["Uploads"].Add(new DeadLetter("1", page.Jobs.Clock.GetUtcNow(), 3, "No such job.", "{}"));

        var next = await page.ActAsync("/queues/Uploads/redrive", ("id", "k"));

        Assert.Empty(page.Stack.Letters["Uploads"]);
        Assert.Contains("1 message went back to Uploads", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_is_dropped_where_a_trigger_is_and_the_view_waits_for_its_run()
    {
        await using var page = await RunningPage.StartAsync(isLaptop: true, probe: new NoProbe());
        using var form = new MultipartFormDataContent
        {
            { new StringContent("incoming/*.csv"), "trigger" },
            { new StringContent("a,b\n1,2\n"), "file", "../../a.csv" },
        };

        using var answer = await page.PostAsync("/laptop/upload", page.Origin, form);

        var next = answer.Headers.Location!.ToString();
        Assert.StartsWith("/runs?in=key&text=incoming%2Fa.csv", next, StringComparison.Ordinal);
        Assert.Equal(["incoming/a.csv"], page.Stack.Files.Keys("the-bucket"));
    }

    [Fact]
    public async Task Message_goes_into_the_jobs_queue()
    {
        var probe = new NoProbe();
        await using var page = await RunningPage.StartAsync(isLaptop: true, probe: probe);
        page.Stack.Catalog = new JobCatalog([new JobDefinition("queue-worker") { Queue = new QueueTrigger() }]);

        await page.ActAsync("/jobs/queue-worker/send", ("input", "{}"));

        Assert.Equal(["queue-worker {}"], probe.Done);
    }

    [Fact]
    public async Task Task_on_spot_is_interrupted()
    {
        var probe = new NoProbe();
        await using var page = await RunningPage.StartAsync(isLaptop: true, probe: probe);
        var run = await page.Jobs.AddAsync(
            "csv-import", "a", RunState.Running, with: one => one with { UsesSpot = true });

        Assert.Contains($"/runs/{run.Id}/interrupt", await page.ReadAsync($"/runs/{run.Id}"), StringComparison.Ordinal);
        await page.ActAsync($"/runs/{run.Id}/interrupt", ("id", "k"));

        Assert.Equal([$"interrupt {run.TaskArn}"], probe.Done);
    }

    [Theory]
    [InlineData("/laptop/upload")]
    [InlineData("/jobs/queue-worker/send")]
    public async Task Stack_on_aws_takes_nothing_that_only_a_laptop_has(string path)
    {
        await using var page = await RunningPage.StartAsync(probe: new NoProbe());
        page.Stack.Catalog = new JobCatalog([new JobDefinition("queue-worker") { Queue = new QueueTrigger() }]);

        using var answer = await page.PostAsync(path, ("input", "{}"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var why = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Only a stack on this machine", why, StringComparison.Ordinal);
    }

    /// <summary>Notes what it is asked for.</summary>
    private sealed class NoProbe : IProbe
    {
        public List<string> Done { get; } = [];

        public bool CanInterrupt => true;

        public Task<Upload> UploadAsync(string key, string content, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task RemoveAsync(Upload upload, CancellationToken cancellation) => throw new NotSupportedException();

        public Task SendAsync(string job, string body, CancellationToken cancellation) => Note($"{job} {body}");

        public Task PurgeAsync(string job, CancellationToken cancellation) => throw new NotSupportedException();

        public Task SwitchAsync(string rule, bool isOn, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Subscription>> SubscriptionsAsync(string topicArn, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task InterruptAsync(string taskArn, CancellationToken cancellation) => Note($"interrupt {taskArn}");

        private Task Note(string what)
        {
            Done.Add(what);
            return Task.CompletedTask;
        }
    }
}
