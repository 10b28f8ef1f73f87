using System.Text.Json.Nodes;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnEventTests
{
    private const string Sample = "custom-order-failed.json";

    private static readonly JobDefinition Job = TestPlane.Job() with
    {
        Events =
        [
            new EventTrigger("failed-orders") { Source = "com.example.orders", Priority = 7 },
            new EventTrigger("whole") { Source = "com.example.orders", TakesEvent = true },
        ],
    };

    private readonly TestPlane _plane = new(Job);
    private readonly InMemoryDeadLetters _deadLetters = new();
    private readonly TestContext _context = new();

    [Fact]
    public async Task Event_starts_one_run_with_its_detail_however_often_it_comes()
    {
        await InvokeAsync(Message());
        await InvokeAsync(Message(), Message());

        var run = Assert.Single(_plane.Store.All);
        Assert.Equal(EventIntake.IdOf("line-count", "6a7e8feb-b491-4cf7-a9f1-bf3703467718"), run.Id);
        Assert.True(JsonNode.DeepEquals(SampleEvents.Read(Sample)["detail"], JsonNode.Parse(run.Input!)), run.Input);
        Assert.Equal(
            ("event failed-orders 6a7e8feb-b491-4cf7-a9f1-bf3703467718 of urn:order:4711", 7),
            (run.Trigger, run.Priority));
        Assert.Equal("urn:order:4711", EventIntake.AboutOf(run.Trigger));
        Assert.Single(_plane.Tasks.All);
        Assert.Empty(_deadLetters.Sent);
        Assert.Contains("had already started run", _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_takes_the_event_gets_it_as_EventBridge_has_it()
    {
        await InvokeAsync(Message(node => node["trigger"] = "whole"));

        var input = JsonNode.Parse(Assert.Single(_plane.Store.All).Input!);
        Assert.True(JsonNode.DeepEquals(SampleEvents.Read(Sample), input), input!.ToJsonString());
    }

    [Fact]
    public async Task Event_that_two_triggers_of_a_job_find_is_one_run()
    {
        await InvokeAsync(Message(), Message(node => node["trigger"] = "whole"));

        Assert.Single(_plane.Store.All);
    }

    [Fact]
    public async Task Same_detail_in_another_event_is_another_run()
    {
        await InvokeAsync(Message(), Message(node => node["event"]!["id"] = "other"));

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Event_that_names_no_resource_is_about_its_id()
    {
        await InvokeAsync(Message(node => node["event"]!["resources"] = new JsonArray()));

        var trigger = Assert.Single(_plane.Store.All).Trigger;
        Assert.Equal("event failed-orders 6a7e8feb-b491-4cf7-a9f1-bf3703467718", trigger);
        Assert.Equal("6a7e8feb-b491-4cf7-a9f1-bf3703467718", EventIntake.AboutOf(trigger));
    }

    [Fact]
    public async Task Largest_detail_that_a_run_takes_is_taken()
    {
        var overhead = """{"text":""}""".Length;

        await InvokeAsync(WithDetail(RunRequest.MaxInputBytes - overhead));

        Assert.Equal(RunRequest.MaxInputBytes, Assert.Single(_plane.Store.All).Input!.Length);
    }

    public static TheoryData<string, string> Rejected() => new()
    {
        { "not json", "is not an event rule's output" },
        { "{}", "job, trigger and event" },
        { """{"job":"line-count","trigger":"failed-orders","event":"text"}""", "job, trigger and event" },
        { Message(node => node["event"]!.AsObject().Remove("id")), "its event has no id" },
        { Message(node => node["event"]!["id"] = 5), "its event has no id" },
        { Message(node => node["event"]!["id"] = new string('i', 129)), "no id of 1 to 128 characters" },
        { Message(node => node["event"]!["detail"] = "text"), "its event has no detail" },
        { Message().Replace("6a7e8feb", @"\ud800", StringComparison.Ordinal), "half of a surrogate pair" },
        { Message(node => node["job"] = "absent"),
            "job 'absent', which this stack does not have (it has: line-count)" },
        { Message(node => node["trigger"] = "absent"),
            "trigger 'absent', which job 'line-count' does not have (it has: failed-orders, whole)" },
        { WithDetail(RunRequest.MaxInputBytes), "a run's input has at most 262,144" },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Message_that_can_never_succeed_goes_to_the_dead_letters_with_the_reason(
        string body, string reason)
    {
        var response = await InvokeAsync(body);

        Assert.Empty(TestContext.Failures(response));
        var (sent, why) = Assert.Single(_deadLetters.Sent);
        Assert.Equal(body, sent);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        Assert.Empty(_plane.Store.All);
    }

    private static string WithDetail(int characters) =>
        Message(node => node["event"]!["detail"] = new JsonObject { ["text"] = new string('x', characters) });

    private static string Message() => Message(_ => { });

    private static string Message(Action<JsonNode> change)
    {
        var message = JsonNode.Parse(SampleEvents.EventMessage(Sample))!;
        change(message);
        return message.ToJsonString();
    }

    private Task<SQSBatchResponse> InvokeAsync(params IEnumerable<string> bodies) => new OnEventFunction(
        new Inbox(_deadLetters, _plane.Clock),
        new EventIntake(new JobCatalog([Job]), _plane.Engine),
        _plane.Engine,
        _plane.Dispatcher,
        _plane.Clock).OnEvent(TestContext.Batch(bodies), _context);
}
