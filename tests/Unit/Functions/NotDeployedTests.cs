using Amazon.Lambda.SQSEvents;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

/// <summary>
/// What comes for a job or a schedule that is not there waits for the deployment that may bring it, ten minutes from
/// when it was sent.
/// </summary>
public sealed class NotDeployedTests
{
    private static readonly string Upload = SampleEvents.UploadMessage("s3-object-created-putobject-versioned.json");

    private readonly TestPlane _plane = new(new JobDefinition("parent") { Submits = [] });
    private readonly InMemoryDeadLetters _deadLetters = new();
    private readonly TestContext _context = new();

    /// <summary>Each with what its reason says.</summary>
    public static TheoryData<string, string, string> Messages => new()
    {
        { "upload", Upload, "The event is for job 'line-count', which this stack does not have" },
        { "event", """{"job":"line-count","trigger":"orders","event":{"id":"1","detail":{}}}""",
            "The event is for job 'line-count', which this stack does not have" },
        { "schedule", """{"job":"report","schedule":"hourly","plannedAt":"2026-01-05T08:00:07Z"}""",
            "The message is for schedule 'report/hourly', which this stack does not have" },
        { "command", """{"command":"submit","id":"k","job":"line-count"}""", "There is no job 'line-count'" },
        { "command", """{"command":"submit","id":"k","job":"line-count","array":{"key":"_jobs/arrays/k.jsonl","count":3}}""", "There is no job 'line-count'" },
        { "command", """{"command":"retry","id":"k","run":"line-count/00000000000000000000000000"}""",
            "There is no job 'line-count'" },
        { "command", """{"command":"replay","id":"k","source":{"prefix":"incoming/"}}""",
            "No job is started by uploads under 'incoming/'" },
        { "command", """{"command":"replay","id":"k","source":{"failed":{"job":"line-count","from":"2026-01-01","to":"2026-01-02"}}}""", "There is no job 'line-count'" },
        { "command", """{"command":"replay","id":"k","source":{"schedule":"report/hourly","from":"2026-01-01","to":"2026-01-02"}}""", "There is no schedule 'report/hourly'" },
        { "a job's command", """{"command":"submit","id":"k","job":"line-count"}""",
            "which may only submit nothing (sent: submit 'line-count')" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Message_waits_ten_minutes_for_a_deployment_and_is_a_dead_letter_then(
        string inbox, string body, string reason)
    {
        var sent = _plane.Clock.GetUtcNow();

        _plane.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(
            ["m0"], TestContext.Failures(await InvokeAsync(inbox, TestContext.SentAt(sent, TestContext.Batch(body)))));

        Assert.Empty(_deadLetters.Sent);
        Assert.Contains(
            $"Message m0 is received again, until {sent.AddMinutes(10):u}, in case a deployment is under way: ",
            _context.Lines,
            StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(_context.Lines.Split('\n')), StringComparison.Ordinal);

        _plane.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(TestContext.Failures(await InvokeAsync(inbox, TestContext.SentAt(sent, TestContext.Batch(body)))));

        Assert.Contains(reason, Assert.Single(_deadLetters.Sent).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    public async Task Message_that_does_not_say_when_it_was_sent_is_judged_at_once(string? timestamp)
    {
        var batch = TestContext.Batch(Upload);
        if (timestamp is not null) batch.Records[0].Attributes = new() { ["SentTimestamp"] = timestamp };

        Assert.Empty(TestContext.Failures(await InvokeAsync("upload", batch)));

        Assert.Single(_deadLetters.Sent);
    }

    [Fact]
    public async Task What_no_deployment_mends_is_a_dead_letter_at_once()
    {
        var batch = TestContext.SentAt(
            _plane.Clock.GetUtcNow(),
            TestContext.Batch(
                "not json", """{"command":"retry","id":"k","run":"parent/00000000000000000000000000"}"""));

        Assert.Empty(TestContext.Failures(await InvokeAsync("command", batch)));

        Assert.Equal(2, _deadLetters.Sent.Count);
    }

    [Fact]
    public async Task Parent_is_told_that_its_child_never_begins_only_when_it_has_waited()
    {
        var sent = _plane.Clock.GetUtcNow();
        var (parent, child) = await ParentAndChildAsync();

        Assert.NotEmpty(TestContext.Failures(await InvokeAsync("command", TestContext.SentAt(sent, child))));
        Assert.Null(Assert.Single(await _plane.Children.AllAsync(parent, default)).State);

        _plane.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(TestContext.Failures(await InvokeAsync("command", TestContext.SentAt(sent, child))));
        Assert.NotNull(Assert.Single(await _plane.Children.AllAsync(parent, default)).State);
    }

    [Fact]
    public async Task Parent_whose_job_may_submit_nothing_any_more_is_told_so_when_it_has_waited()
    {
        var sent = _plane.Clock.GetUtcNow();
        var (parent, child) = await ParentAndChildAsync();

        Assert.NotEmpty(TestContext.Failures(await InvokeAsync("a job's command", TestContext.SentAt(sent, child))));
        Assert.Empty(await _plane.Children.AllAsync(parent, default));

        _plane.Clock.Advance(TimeSpan.FromMinutes(10));
        await InvokeAsync("a job's command", TestContext.SentAt(sent, child));
        var told = Assert.Single(await _plane.Children.AllAsync(parent, default));
        Assert.Equal(RunState.Failed, told.State);
        Assert.Contains("may only submit nothing", told.Error, StringComparison.Ordinal);
    }

    /// <summary>A parent under way, and the command for its child.</summary>
    private async Task<(RunId Parent, SQSEvent Child)> ParentAndChildAsync()
    {
        var parent = RunId.From("parent", "manual", "p");
        await InvokeAsync("command", TestContext.Batch("""{"command":"submit","id":"p","job":"parent"}"""));
        return (parent, TestContext.Batch(
            $$$"""{"command":"submit","id":"k","job":"line-count","parent":{"run":"{{{parent}}}","index":0}}"""));
    }

    private Task<SQSBatchResponse> InvokeAsync(string name, SQSEvent batch)
    {
        var inbox = new Inbox(_deadLetters, _plane.Clock);
        if (name == "a job's command")
        {
            foreach (var message in batch.Records) (message.Attributes ??= [])["SenderId"] = "AROAPARENT:session";
        }

        return name switch
        {
            "upload" =>
                new OnUploadFunction(
                    inbox,
                    new UploadIntake(new JobCatalog([]), _plane.Store, _plane.Engine),
                    _plane.Engine,
                    _plane.Dispatcher,
                    _plane.Clock).OnUpload(batch, _context),
            "event" =>
                new OnEventFunction(
                    inbox,
                    new EventIntake(new JobCatalog([]), _plane.Engine),
                    _plane.Engine,
                    _plane.Dispatcher,
                    _plane.Clock).OnEvent(batch, _context),
            "schedule" =>
                new OnScheduleFunction(inbox, _plane.Scheduler, _plane.Engine, _plane.Dispatcher, _plane.Clock)
                    .OnSchedule(batch, _context),
            _ =>
                new OnCommandFunction(
                    inbox,
                    _plane.Commands,
                    Submitters.Parse("AROAPARENT=parent"),
                    _plane.Engine,
                    _plane.Dispatcher,
                    _plane.Clock).OnCommand(batch, _context),
        };
    }
}
