using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.SQSEvents;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Functions;
using Jobs.Tests.Fuzz.Mutation;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;
using Jobs.Tests.Unit.Functions;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>
/// A function on its inbox queue: each body is handled, or goes to the dead letters with a reason. With ports that work
/// none is returned, which would be a crash.
/// </summary>
internal sealed class InboxTarget : IFuzzTarget
{
    private const string Role = "AROAEXAMPLEROLE";
    private const int MinReason = 20;

    private static readonly JobDefinition Upload = TestPlane.Job() with
    {
        InputSchema = JsonNode.Parse(
            """{"type":"object","properties":{"rows":{"type":"integer"}},"required":["rows"],"additionalProperties":false}"""),
    };

    private static readonly JobDefinition[] Jobs =
    [
        Upload,
        new("review") { Events = [new EventTrigger("failed-orders") { Source = "com.example.orders" }] },
        new("report") { Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)")] },
        new("parent") { Submits = ["line-count"] },
        new("drain") { Queue = new QueueTrigger() },
    ];

    private readonly Func<TestPlane, Inbox, SQSEvent, TestContext, Task<SQSBatchResponse>> _function;

    private InboxTarget(
        string name,
        IEnumerable<string> samples,
        Func<TestPlane, Inbox, SQSEvent, TestContext, Task<SQSBatchResponse>> function,
        params string[] words)
    {
        (Name, Samples, Mutator) = (name, [.. samples.Select(Encoding.UTF8.GetBytes)], new JsonMutator(words));
        _function = function;
    }

    public string Name { get; }

    public IReadOnlyList<byte[]> Samples { get; }

    public IMutator Mutator { get; }

    public int InputsInTests => 2_000;

    public static InboxTarget Uploads() => new(
        "uploads",
        Events("s3-", "composed-s3-").Select(file => SampleEvents.UploadMessage(file)),
        (plane, inbox, batch, context) =>
            new OnUploadFunction(
                inbox,
                new UploadIntake(new JobCatalog(Jobs), plane.Store, plane.Engine),
                plane.Engine,
                plane.Dispatcher,
                plane.Clock)
                .OnUpload(batch, context),
        "\"line-count\"", "\"incoming/a.csv\"", "\"_jobs/arrays/k.jsonl\"", "\"null\"", "\"Object Created\"");

    public static InboxTarget EventsOfBuses() => new(
        "events",
        Events("custom-", "s3-").Select(file => SampleEvents.EventMessage(file, "review")),
        (plane, inbox, batch, context) =>
            new OnEventFunction(
                inbox,
                new EventIntake(new JobCatalog(Jobs), plane.Engine),
                plane.Engine,
                plane.Dispatcher,
                plane.Clock)
                .OnEvent(batch, context),
        "\"review\"", "\"failed-orders\"", "\"resources\"", "[]", "null");

    public static InboxTarget Schedules() => new(
        "schedules",
        [
            """{"job":"report","schedule":"hourly","plannedAt":"2026-01-05T08:00:07Z"}""",
            """{"job":"report","schedule":"hourly","plannedAt":"2026-01-05T07:00:00Z"}""",
        ],
        (plane, inbox, batch, context) =>
            new OnScheduleFunction(inbox, plane.Scheduler, plane.Engine, plane.Dispatcher, plane.Clock)
                .OnSchedule(batch, context),
        "\"report\"", "\"hourly\"", "\"2027-01-05T08:00:00Z\"", "\"1970-01-01T00:00:00Z\"");

    public static InboxTarget StoppedTasks() => new(
        "stopped-tasks",
        Events("ecs-task-", "composed-ecs-").Select(OfOurRun),
        (plane, inbox, batch, context) =>
            new OnTaskStoppedFunction(inbox, plane.Engine, plane.Dispatcher, plane.Clock).OnTaskStopped(batch, context),
        "\"STOPPED\"", "\"EssentialContainerExited\"", "\"SpotInterruption\"", "137", "\"worker\"");

    public static InboxTarget Commands() => new(
        "commands",
        [
            """{"command":"submit","id":"k","job":"line-count","input":{"rows":1,"text":"größe","list":[1,2,{"a":null}]},"priority":3}""",
            """{"command":"submit","id":"k","job":"line-count","input":{"rows":1},"parent":{"run":"parent/00000000000000000000000000","index":0}}""",
            """{"command":"submit","id":"k","job":"line-count","array":{"bucket":"b","key":"_jobs/arrays/k.jsonl","count":3},"maxConcurrent":2}""",
            """{"command":"retry","id":"k","run":"line-count/0123456789abcdefghjkmnpqrs"}""",
            """{"command":"cancel","id":"k","run":"line-count/0123456789abcdefghjkmnpqrs"}""",
            """{"command":"cancel","id":"k","replay":"begun"}""",
            """{"command":"replay","id":"k","source":{"prefix":"incoming/"},"perMinute":60,"force":false}""",
            """{"command":"replay","id":"k","source":{"schedule":"report/hourly","from":"2026-01-05T00:00:00Z","to":"2026-01-05T06:00:00Z"}}""",
            """{"command":"replay","id":"k","source":{"failed":{"job":"line-count","from":"2026-01-05T00:00:00Z","to":"2026-01-05T06:00:00Z"}}}""",
        ],
        (plane, inbox, batch, context) =>
            new OnCommandFunction(
                inbox, plane.Commands, Submitters.Parse($"{Role}=parent"), plane.Engine, plane.Dispatcher, plane.Clock)
                .OnCommand(batch, context),
        "\"submit\"", "\"retry\"", "\"line-count/00000000000000000000000000\"",
        "\"LINE COUNT/00000000000000000000000000\"");

    public async Task TakeAsync(byte[] input, CancellationToken cancellation)
    {
        var plane = new TestPlane(Jobs);
        await plane.SubmitAsync(Upload);
        var (deadLetters, context) = (new InMemoryDeadLetters(), new TestContext());
        var batch = TestContext.Batch(Encoding.UTF8.GetString(input));
        batch.Records[0].Attributes = new() { ["SenderId"] = "AIDAADMIN" };

        var answer = await _function(plane, new Inbox(deadLetters, plane.Clock), batch, context);

        if (TestContext.Failures(answer).Any()) throw new FindingException($"It was returned: {context.Lines}");
        foreach (var (_, reason) in deadLetters.Sent)
        {
            if (reason.Length is < MinReason or > RejectedMessageException.MaxReason)
                throw new FindingException($"Its reason has {reason.Length} characters: {reason}");
        }

        foreach (var run in plane.Store.All)
        {
            if (Encoding.UTF8.GetByteCount(run.Input ?? "") > RunRequest.MaxInputBytes)
                throw new FindingException($"It made run {run.Id}, whose input no item can hold.");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<string> Events(params string[] prefixes) =>
        Directory.EnumerateFiles(SampleEvents.Folder, "*.json")
            .Select(file => Path.GetFileName(file))
            .Where(file => prefixes.Any(prefix => file.StartsWith(prefix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

    /// <summary>The event as that of the run which is under way, with its first container as the worker.</summary>
    private static string OfOurRun(string file)
    {
        var node = SampleEvents.Read(file);
        var detail = node["detail"]!.AsObject();
        detail["startedBy"] = new LaunchId(TestPlane.IdOf(Upload), 1).ToString();
        if (detail["containers"] is JsonArray { Count: > 0 } containers) containers[0]!["name"] = "worker";
        return node.ToJsonString();
    }
}
