using System.Text.Json.Nodes;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnCommandTests
{
    private const string Role = "AROAEXAMPLEROLE";

    private static readonly JobDefinition Job = TestPlane.Job() with
    {
        InputSchema = JsonNode.Parse(
            """{"type":"object","properties":{"rows":{"type":"integer"}},"required":["rows"],"additionalProperties":false}"""),
    };

    private static readonly JobDefinition Parent = new("parent") { Submits = ["line-count"] };

    private static readonly JobDefinition Drain = new("drain") { Queue = new QueueTrigger() };

    private static readonly JobDefinition Served =
        new("served") { Queue = new QueueTrigger { Mode = QueueMode.Service } };

    private readonly TestPlane _plane = new(Job, Parent, Drain, Served);
    private readonly InMemoryDeadLetters _deadLetters = new();
    private readonly TestContext _context = new();

    private static RunId Submitted { get; } = RunId.From("line-count", "manual", "k");

    [Fact]
    public async Task Submit_starts_one_run_however_often_it_comes()
    {
        await InvokeAsync(Submit("k", """{"rows":1}"""));
        await InvokeAsync(Submit("k", """{"rows":1}"""), Submit("k", """{"rows":2}"""));

        var run = Assert.Single(_plane.Store.All);
        Assert.Equal(
            (Submitted, "manual", """{"rows":1}""", RunState.Starting), (run.Id, run.Trigger, run.Input, run.State));
        Assert.Single(_plane.Tasks.All);
        Assert.Empty(_deadLetters.Sent);
        Assert.Contains($"Command k had already started run {Submitted}.", _context.Lines, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"command":"submit","id":"k","job":"line-cuont","input":{}}""",
        "There is no job 'line-cuont'; did you mean 'line-count'? This stack has: line-count, parent, drain, served.")]
    [InlineData("""{"command":"submit","id":"k","job":"line-count","input":{"rows":"many"}}""",
        "The input does not fit job 'line-count': $.rows must be an integer, but it is \"many\".")]
    [InlineData("""{"command":"submit","id":"k","job":"line-count"}""", "$.rows is required and missing.")]
    [InlineData("""{"command":"retry","id":"k","run":"line-count/00000000000000000000000000"}""",
        "There is no run line-count/00000000000000000000000000")]
    [InlineData("""{"command":"cancel","id":"k","run":"line-count/00000000000000000000000000"}""",
        "There is no run line-count/00000000000000000000000000")]
    [InlineData("""{"command":"replay","id":"k","source":{"prefix":"elsewhere/"}}""",
        "No job is started by uploads under 'elsewhere/'. There are triggers for: incoming/*.")]
    [InlineData("""{"command":"replay","id":"k","source":{"deadLetters":"Uploads"}}""",
        "Use dotnet jobs replay --dead-letters Uploads.")]
    [InlineData("""{"command":"submit","id":"k","job":"line-count","input":{"rows":1},"prority":3}""",
        "$ has no member 'prority' (sent: 3). Did you mean 'priority'?")]
    [InlineData("""{"command":"submit","id":"k","job":"drain"}""", "Job 'drain' takes messages from its queue")]
    [InlineData("""{"command":"retry","id":"k","run":"drain/00000000000000000000000000"}""",
        "Job 'drain' takes messages from its queue")]
    [InlineData("""{"command":"submit","id":"k","job":"drain","array":{"bucket":"b","key":"_jobs/arrays/k.jsonl","count":3}}""", "Job 'drain' takes messages from its queue")]
    [InlineData("not json", "a command is JSON")]
    public async Task Command_that_can_never_be_done_goes_to_the_dead_letters_with_the_reason(
        string body, string reason)
    {
        var response = await InvokeAsync(body, Submit("good", """{"rows":1}"""));

        Assert.Empty(TestContext.Failures(response));
        var (sent, why) = Assert.Single(_deadLetters.Sent);
        Assert.Equal(body, sent);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        Assert.Single(_plane.Store.All);
    }

    [Fact]
    public async Task Input_of_more_than_256_kilobytes_goes_to_the_dead_letters_with_the_remedy()
    {
        var body = Submit("k", $"\"{new string('x', RunRequest.MaxInputBytes)}\"");

        Assert.Empty(TestContext.Failures(await InvokeAsync(body, Submit("good", """{"rows":1}"""))));

        var (sent, why) = Assert.Single(_deadLetters.Sent);
        Assert.Equal(body, sent);
        Assert.Contains(
            "$.input has at most 262,144 bytes of JSON (sent: 262,146 bytes). Upload the data to the bucket, and " +
            "send its key.",
            why,
            StringComparison.Ordinal);
        Assert.Single(_plane.Store.All);
    }

    [Fact]
    public async Task Replay_is_under_way_once_however_often_it_is_sent()
    {
        const string Body =
            """{"command":"replay","id":"k","source":{"prefix":"incoming/2026/"},"perMinute":7,"force":true}""";

        await InvokeAsync(Body, Body);
        await InvokeAsync(Body);

        var replay = Assert.Single(await _plane.Replays.ActiveAsync(default));
        Assert.Equal(
            ("k", """{"prefix":"incoming/2026/"}""", 7, true, 1),
            (replay.Id, replay.SourceJson, replay.PerMinute, replay.Force, replay.Version));
        Assert.Empty(_deadLetters.Sent);
    }

    [Fact]
    public async Task Replay_is_cancelled_once_and_one_that_there_is_not_is_a_dead_letter()
    {
        const string Body = """{"command":"cancel","id":"c","replay":"k"}""";
        await InvokeAsync("""{"command":"replay","id":"k","source":{"prefix":"incoming/2026/"}}""");

        await InvokeAsync(Body, Body);
        Assert.Empty(await _plane.Replays.ActiveAsync(default));
        Assert.Empty(_deadLetters.Sent);

        await InvokeAsync("""{"command":"cancel","id":"c","replay":"absent"}""");
        Assert.Contains(
            "There is no replay 'absent'", Assert.Single(_deadLetters.Sent).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_that_a_job_may_not_give_is_not_its_even_when_it_is_moved_back_from_the_dead_letters()
    {
        var cancel = """{"command":"cancel","id":"k","run":"line-count/00000000000000000000000000"}""";
        await InvokeFromAsync($"{Role}:session", cancel);
        Assert.Equal($"{Role}:session", Assert.Single(_deadLetters.Senders));

        // The mover is its sender now; what it wrote there itself does not help the job.
        await InvokeFromAsync("AIDAADMIN", $"AIDAFORGED,{Role}:session", TestContext.Batch(cancel));

        Assert.Equal(
            2,
            _deadLetters.Sent.Count(
                letter =>
                    letter.Reason.Contains(
                        "which may only submit line-count (sent: cancel)", StringComparison.Ordinal)));
        Assert.Equal($"AIDAFORGED,{Role}:session,AIDAADMIN", _deadLetters.Senders.Last());
    }

    [Fact]
    public async Task Store_that_fails_returns_only_that_message()
    {
        _plane.Faults.Before = call =>
            { if (call == "CreateAsync") throw new HttpRequestException("DynamoDB is away."); };

        Assert.Equal(["m0"], TestContext.Failures(await InvokeAsync(Submit("k", """{"rows":1}"""), "not json")));
    }

    [Fact]
    public async Task Retry_of_a_run_that_is_over_is_a_new_run_with_its_input()
    {
        await InvokeAsync(Submit("k", """{"rows":1}"""));
        await _plane.DeliverAsync(
            _plane.Store.Find(Submitted)!, await _plane.FailAsync(_plane.Store.Find(Submitted)!, retryable: false));

        await InvokeAsync(Retry("again"));
        await InvokeAsync(Retry("again"));

        var retried = _plane.Store.Find(RunId.From("line-count", "retry", Submitted.ToString(), "again"))!;
        Assert.Equal(
            (Submitted, """{"rows":1}""", $"retry of {Submitted}"), (retried.RetryOf, retried.Input, retried.Trigger));
        Assert.Equal(2, _plane.Store.All.Count);
        Assert.Equal(RunState.Failed, _plane.Store.Find(Submitted)!.State);
    }

    [Fact]
    public async Task Retry_of_a_run_that_is_not_over_is_refused()
    {
        await InvokeAsync(Submit("k", """{"rows":1}"""));

        await InvokeAsync(Retry("again"));

        Assert.Contains(
            "Wait for its end or cancel it", Assert.Single(_deadLetters.Sent).Reason, StringComparison.Ordinal);
        Assert.Single(_plane.Store.All);
    }

    [Fact]
    public async Task Cancel_stops_the_run_and_a_second_one_does_no_harm()
    {
        await InvokeAsync(Submit("k", """{"rows":1}"""));

        await InvokeAsync(Cancel());
        await InvokeAsync(Cancel());

        Assert.Equal(StopCause.Cancelled, _plane.Store.Find(Submitted)!.StopCause);
        Assert.Empty(_deadLetters.Sent);
    }

    [Fact]
    public async Task Job_may_submit_what_it_declares()
    {
        await InvokeFromAsync($"{Role}:session", Submit("k", """{"rows":1}"""));

        Assert.Single(_plane.Store.All);
    }

    [Theory]
    [InlineData("""{"command":"submit","id":"k","job":"parent","input":{}}""",
        "may only submit line-count (sent: submit 'parent')")]
    [InlineData("""{"command":"cancel","id":"k","run":"line-count/00000000000000000000000000"}""", "(sent: cancel)")]
    [InlineData("""{"command":"retry","id":"k","run":"line-count/00000000000000000000000000"}""", "(sent: retry)")]
    [InlineData("""{"command":"replay","id":"k","source":{"prefix":"incoming/"}}""", "(sent: replay)")]
    [InlineData("""{"command":"cancel","id":"k","replay":"begun"}""", "(sent: cancel a replay)")]
    [InlineData("""{"command":"pause","id":"k","job":"line-count","reason":"r"}""", "(sent: pause)")]
    [InlineData("""{"command":"resume","id":"k","job":"line-count"}""", "(sent: resume)")]
    public async Task Job_may_do_nothing_else(string body, string reason)
    {
        await InvokeFromAsync($"{Role}:session", body);

        Assert.Contains(reason, Assert.Single(_deadLetters.Sent).Reason, StringComparison.Ordinal);
        Assert.Empty(_plane.Store.All);
    }

    [Fact]
    public async Task Job_and_schedule_are_paused_and_resumed_once_however_often_it_is_sent()
    {
        const string Pause = """{"command":"pause","id":"p","job":"line-count","reason":"Mended.","by":"user/alice"}""";
        const string Resume = """{"command":"resume","id":"r","job":"line-count","by":"user/bob"}""";
        await InvokeAsync(Pause, Pause);
        await InvokeAsync(Submit("k", """{"rows":1}"""));

        var pause = Assert.Single(_plane.Pauses.List.All);
        Assert.Equal(
            ("line-count", "Mended.", "user/alice (AIDAADMIN)", null),
            (pause.Target, pause.Reason, pause.By, pause.Until));
        Assert.Equal(RunState.Pending, _plane.Store.Find(Submitted)!.State);

        await InvokeAsync(Resume, Resume);
        Assert.Equal("user/bob (AIDAADMIN)", Assert.Single(_plane.Pauses.List.All).EndedBy);
        // What waits is launched at once, by the process that resumed.
        Assert.Equal(RunState.Starting, _plane.Store.Find(Submitted)!.State);
        await InvokeAsync(Pause);
        Assert.Empty(_plane.Pauses.List.LastingAt(_plane.Clock.GetUtcNow()));
        Assert.Empty(_deadLetters.Sent);
    }

    [Theory]
    [InlineData("""{"command":"pause","id":"k","job":"line-count"}""", "$.reason is a string")]
    [InlineData("""{"command":"pause","id":"k","job":"line-cuont","reason":"r"}""", "did you mean 'line-count'?")]
    [InlineData("""{"command":"pause","id":"k","job":"line-count","schedule":"daily","reason":"r"}""",
        "Job 'line-count' has no schedule 'daily'. It has: none.")]
    [InlineData("""{"command":"pause","id":"k","job":"line-count","until":"soon","reason":"r"}""", "$.until is a time")]
    [InlineData("""{"command":"pause","id":"k","job":"line-count","until":"2099-01-01T00:00:00Z","reason":"r"}""",
        "A pause lasts 365 days at most")]
    [InlineData("""{"command":"pause","id":"k","job":"served","reason":"r"}""", "Job 'served' is a service")]
    [InlineData("""{"command":"resume","id":"k","job":"line-count","by":7}""", "$.by is a string")]
    public async Task Pause_that_can_never_be_is_a_dead_letter(string body, string reason)
    {
        await InvokeAsync(body);

        Assert.Contains(reason, Assert.Single(_deadLetters.Sent).Reason, StringComparison.Ordinal);
        Assert.Empty(_plane.Pauses.List.All);
    }

    [Fact]
    public async Task Run_has_the_size_that_was_asked_for_and_its_retry_has_it_too()
    {
        await InvokeAsync(
            """{"command":"submit","id":"k","job":"line-count","input":{"rows":1},"cpu":4096,"memoryMiB":16384}""");
        var run = _plane.Store.Find(Submitted)!;
        Assert.Equal(new TaskSize(4_096, 16_384), Assert.Single(_plane.Tasks.All).Launch.Size);
        await _plane.DeliverAsync(run, await _plane.FailAsync(run, retryable: false));
        await InvokeAsync(Retry("again"));

        Assert.Equal(new TaskSize(4_096, 16_384), _plane.Tasks.All[^1].Launch.Size);
        await InvokeAsync(
            """{"command":"submit","id":"odd","job":"line-count","input":{"rows":1},"memoryMiB":16384}""");
        Assert.Contains(
            "Fargate has no 16384 MiB with 256 CPU units. It has 512 to 2048 MiB with them",
            Assert.Single(_deadLetters.Sent).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_says_who_asked_for_it_who_retried_it_and_who_cancelled_it()
    {
        await InvokeAsync(
            """{"command":"submit","id":"k","job":"line-count","input":{"rows":1},"by":"user/alice"}""");
        await InvokeFromAsync(
            "AROAEXAMPLE:bob",
            $$"""{"command":"cancel","id":"c","run":"{{Submitted}}","by":"assumed-role/Admin/bob"}""");
        var run = _plane.Store.Find(Submitted)!;
        Assert.Equal("user/alice (AIDAADMIN)", run.By);
        Assert.Equal(new Cancellation(_plane.Clock.GetUtcNow(), "assumed-role/Admin/bob"), run.Cancelled);

        await _plane.DeliverAsync(run, await _plane.FailAsync(run));
        await InvokeFromAsync("AROAEXAMPLE:eve", Retry("again"));
        var retried = _plane.Store.Find(RunId.From("line-count", "retry", Submitted.ToString(), "again"))!;
        Assert.Equal("AROAEXAMPLE:eve", retried.By);
        await InvokeFromAsync($"{Role}:session", Submit("by a job", """{"rows":1}"""));
        Assert.Equal("job parent", _plane.Store.Find(RunId.From("line-count", "manual", "by a job"))!.By);
    }

    [Fact]
    public void Submitters_that_the_stack_did_not_write_are_an_error() =>
        Assert.Contains(
            "'AROA', not ROLE=job",
            Assert.Throws<InvalidOperationException>(() => Submitters.Parse("AROA")).Message,
            StringComparison.Ordinal);

    private static string Submit(string id, string input) =>
        $$"""{"command":"submit","id":"{{id}}","job":"line-count","input":{{input}}}""";

    private static string Retry(string id) => $$"""{"command":"retry","id":"{{id}}","run":"{{Submitted}}"}""";

    private static string Cancel() => $$"""{"command":"cancel","id":"c","run":"{{Submitted}}"}""";

    private Task<SQSBatchResponse> InvokeAsync(params string[] bodies) => InvokeFromAsync("AIDAADMIN", bodies);

    private Task<SQSBatchResponse> InvokeFromAsync(string sender, params string[] bodies) =>
        InvokeFromAsync(sender, null, TestContext.Batch(bodies));

    private Task<SQSBatchResponse> InvokeFromAsync(string sender, string? before, SQSEvent batch)
    {
        foreach (var message in batch.Records)
        {
            message.Attributes = new() { ["SenderId"] = sender };
            if (before is not null)
            {
                message.MessageAttributes = new() { ["senders"] = new() { StringValue = before, DataType = "String" } };
            }
        }

        var function = new OnCommandFunction(
            new Inbox(_deadLetters, _plane.Clock),
            _plane.Commands,
            Submitters.Parse($"{Role}=parent,AROAOTHER=other"),
            _plane.Engine,
            _plane.Dispatcher,
            _plane.Clock);
        return function.OnCommand(batch, _context);
    }
}
