using System.Diagnostics;
using Jobs.Core;
using Jobs.Core.Messages;
using Jobs.Sdk.Tracing;
using Jobs.Tests.Otlp;

namespace Jobs.Tests.Unit.Sdk.Tracing;

/// <summary>One class, so that its tests do not run side by side: listeners are the process's.</summary>
public sealed class WorkerTracesTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Attempt = "b7ad6b7169203331";
    private const string Sender = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";

    private static readonly ActivitySource Own = new("Acme.Orders");

    private readonly HostScenario _host = new();
    private readonly OtlpReceiver _receiver = new();

    public WorkerTracesTests()
    {
        _host.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.Endpoint.ToString();
        _host.Variables[EnvironmentNames.TraceParent] = $"00-{Trace}-{Attempt}-01";
    }

    private List<ReceivedSpan> Spans => [.. _receiver.Spans.Where(span => span.Trace == Trace)];

    public void Dispose()
    {
        _host.Dispose();
        _receiver.Dispose();
    }

    [Fact]
    public async Task Steps_of_the_host_and_of_the_job_are_below_the_attempt()
    {
        var exit = await _host.RunAsync(async (_, stop) =>
        {
            using var step = Own.StartActivity("price orders");
            step?.SetTag("orders", 12);
            using var http = new HttpClient();
            return await http.GetStringAsync(new Uri(_receiver.Endpoint, "/prices?key=secret"), stop);
        });

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Equal(
            ["claim", "read input", "job scripted-job", "record"],
            Spans.Where(span => span.Parent == Attempt).OrderBy(span => span.Start).Select(span => span.Name));
        var job = Only("job scripted-job");
        var own = Only("price orders");
        var call = Only("GET");
        Assert.Equal((job.Span, own.Span), (own.Parent, call.Parent));
        Assert.Equal("12", own.Attributes["orders"]);
        Assert.Equal("200", call.Attributes["http.response.status_code"]);
        Assert.DoesNotContain("secret", call.Attributes["url.full"], StringComparison.Ordinal);
        Assert.Equal([$"00-{Trace}-{call.Span}-01"], _receiver.Callers);
        Assert.Equal(("scripted-job", "aws_ecs"), (job.Resource["service.name"], job.Resource["cloud.platform"]));
    }

    [Fact]
    public async Task Failure_is_said_without_the_values_of_secrets()
    {
        _host.Variables[EnvironmentNames.Secrets] = "DB_PASSWORD";
        _host.Variables["DB_PASSWORD"] = "correct-horse";
        await _host.RunAsync((_, _) =>
        {
            Activity.Current!.SetTag("connection", "password=correct-horse");
            throw new InvalidOperationException("No login with correct-horse.");
        });

        var job = Only("job scripted-job");
        Assert.StartsWith("No login with", job.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("correct-horse", $"{job}{string.Join(' ', job.Attributes)}", StringComparison.Ordinal);
        Assert.Equal("System.InvalidOperationException", job.Attributes["error.type"]);
    }

    [Fact]
    public async Task Trace_that_is_not_sampled_is_passed_on_and_not_exported()
    {
        _host.Variables[EnvironmentNames.TraceParent] = $"00-{Trace}-{Attempt}-00";
        await _host.RunAsync(async (_, stop) =>
        {
            using var http = new HttpClient();
            return await http.GetStringAsync(_receiver.Endpoint, stop);
        });

        Assert.Empty(Spans);
        Assert.StartsWith($"00-{Trace}-", Assert.Single(_receiver.Callers), StringComparison.Ordinal);
        Assert.EndsWith("-00", _receiver.Callers.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_there_are_no_steps()
    {
        _host.Variables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        Activity? seen = null;
        await _host.RunAsync((_, _) =>
        {
            seen = Activity.Current;
            return Task.FromResult("done");
        });

        Assert.Null(seen);
        Assert.Empty(_receiver.Requests);
    }

    [Fact]
    public async Task Authors_own_OpenTelemetry_takes_the_steps_and_the_host_exports_nothing()
    {
        var taken = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerSteps.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = step => { lock (taken) taken.Add($"{step.TraceId} {step.DisplayName}"); },
        };
        ActivitySource.AddActivityListener(listener);
        await _host.RunAsync((_, _) => Task.FromResult("done"));

        Assert.Empty(_receiver.Requests);
        Assert.Contains($"{Trace} job scripted-job", taken);
    }

    [Fact]
    public async Task Endpoint_that_is_out_of_reach_changes_nothing_of_the_run()
    {
        _receiver.Dispose();
        var exit = await _host.RunAsync((_, _) => Task.FromResult("done"));

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Contains("jobs: Traces could not be sent to", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_is_a_step_of_the_attempt_and_knows_its_sender()
    {
        using var listener = Listener();
        var attempt = ActivityContext.Parse($"00-{Trace}-{Attempt}-01", null);
        using var step = WorkerSteps.Begin("orders", Message(Sender), attempt);

        Assert.Equal((Trace, Attempt), (step!.TraceId.ToHexString(), step.ParentSpanId.ToHexString()));
        Assert.Equal(Sender[3..35], Assert.Single(step.Links).Context.TraceId.ToHexString());
        Assert.Contains(new("messaging.message.id", "m1"), step.TagObjects);
    }

    [Fact]
    public void Message_of_a_services_task_is_in_its_senders_trace()
    {
        using var listener = Listener();
        using var step = WorkerSteps.Begin("orders", Message(Sender), attempt: null);

        Assert.Equal(Sender[3..35], step!.TraceId.ToHexString());
        Assert.Empty(step.Links);
    }

    [Fact]
    public void Context_that_AWS_passes_on_counts_where_the_sender_wrote_none()
    {
        using var listener = Listener();
        var header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        using var step = WorkerSteps.Begin("orders", Message(null) with { TraceHeader = header }, attempt: null);

        Assert.Equal(Sender[3..35], step!.TraceId.ToHexString());
    }

    private static QueueMessage Message(string? traceparent) => new("m1", "r1", "{}")
    {
        Attributes = traceparent is { } context
            ? new Dictionary<string, QueueAttribute> { ["traceparent"] = new("String", context, null) }
            : new Dictionary<string, QueueAttribute>(),
    };

    private static ActivityListener Listener()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerSteps.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private ReceivedSpan Only(string name) => Assert.Single(Spans, span => span.Name == name);
}
