using Amazon.Lambda.SQSEvents;
using Jobs.Core.Definitions;
using Jobs.Core.Tracing;
using Jobs.Core.Triggers;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class InboxTraceTests
{
    private const string Created = "s3-object-created-putobject-versioned.json";
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string AwsHeader = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly InMemoryTraces _traces = new();
    private readonly TestPlane _plane;

    public InboxTraceTests() => _plane = new TestPlane(Job) { Traces = _traces };

    [Fact]
    public async Task Message_is_a_step_of_its_runs_trace_and_all_is_sent_before_the_answer()
    {
        await InvokeAsync(_ => { });

        var run = _plane.Store.All.Single();
        var step = Assert.Single(_traces.Spans, span => span.Name == "function process");
        Assert.Equal(TraceIds.TraceOf(run.Id), step.Context.TraceId);
        Assert.Equal(TraceIds.RootOf(run.Id), step.Parent);
        Assert.Contains(new("messaging.message.id", "m0"), step.Attributes);
        Assert.Equal(1, _traces.Flushes);
    }

    [Fact]
    public async Task W3Cs_context_of_the_sender_comes_before_AWSs()
    {
        await InvokeAsync(message =>
        {
            message.Attributes = new() { ["AWSTraceHeader"] = AwsHeader };
            message.MessageAttributes = new() { ["traceparent"] = new() { StringValue = TraceParent } };
        });

        Assert.Equal(TraceParent, _plane.Store.All.Single().Trace);
    }

    [Fact]
    public async Task AWSs_context_is_continued()
    {
        await InvokeAsync(message => message.Attributes = new() { ["AWSTraceHeader"] = AwsHeader });

        Assert.Equal("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01", _plane.Store.All.Single().Trace);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_continued()
    {
        await InvokeAsync(
            message => message.MessageAttributes = new() { ["traceparent"] = new() { StringValue = "x" } });

        Assert.Null(_plane.Store.All.Single().Trace);
    }

    private async Task InvokeAsync(Action<SQSEvent.SQSMessage> change)
    {
        var function = new OnUploadFunction(
            new Inbox(new InMemoryDeadLetters(), _plane.Clock, _plane.RunTraces),
            new UploadIntake(new JobCatalog([Job]), _plane.Store, _plane.Engine),
            _plane.Engine,
            _plane.Dispatcher,
            _plane.Clock);
        var batch = TestContext.Batch(SampleEvents.UploadMessage(Created));
        change(batch.Records[0]);
        await function.OnUpload(batch, new TestContext());
    }
}
