using System.Diagnostics;
using Jobs.Aws.Tracing;
using Jobs.Core.Tracing;

namespace Jobs.Sdk.Tracing;

/// <summary>
/// Exports the activities of this process that belong to the trace of its run: the host's, the job's own, and .NET's
/// about outgoing calls. Where an author's OpenTelemetry SDK takes the source <c>Jobs</c> already, that exports them.
/// </summary>
internal sealed class WorkerTraces : IAsyncDisposable
{
    /// <summary>As OpenTelemetry's batches.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>What the end of the process waits at most for the last spans to be sent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>.NET's own about the inside of a call: name resolution, connections.</summary>
    private const string Inner = "Experimental.";

    private readonly OtlpTraces _traces;
    private readonly Func<string, string> _clean;
    private readonly ActivityListener _listener;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _sending;

    private WorkerTraces(OtlpTraces traces, Func<string, string> clean, TimeProvider clock)
    {
        (_traces, _clean) = (traces, clean);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => !source.Name.StartsWith(Inner, StringComparison.Ordinal),
            Sample = Sample,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_listener);
        _sending = SendAsync(clock);
    }

    /// <param name="job">The job's name.</param>
    /// <param name="say">Told once why spans are dropped.</param>
    /// <param name="clean">Takes the values of secrets out of a text.</param>
    /// <returns>Null where OpenTelemetry's variables name no endpoint.</returns>
    public static WorkerTraces? IfAskedFor(
        Func<string, string?> variables, string? job, Action<string> say, Func<string, string> clean,
        TimeProvider clock)
    {
        if (!OtlpSettings.IsAskedFor(variables) || WorkerSteps.HasListeners) return null;
        var settings = OtlpSettings.Read(
            variables,
            say,
            new("service.name", job),
            new("cloud.provider", "aws"),
            new("cloud.platform", "aws_ecs"),
            new("cloud.region", variables("AWS_REGION")),
            new("aws.ecs.launchtype", "fargate"));
        return settings is null ? null : new(new OtlpTraces(settings, Patience, say, clock), clean, clock);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _ended.CancelAsync();
        await _sending;
        await _traces.FlushAsync();
        _traces.Dispose();
        _ended.Dispose();
    }

    private async Task SendAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token)) await _traces.FlushAsync();
        }
        catch (OperationCanceledException)
        {
            // The last spans are sent by who ends it.
        }
    }

    /// <summary>What is below no step of ours, as the heartbeat, belongs to no trace.</summary>
    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options)
    {
        if (options.Parent.TraceId != default)
        {
            return TraceText.IsSampled(options.Parent)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.PropagationData;
        }

        return options.Source.Name == WorkerSteps.SourceName && _traces.Sampling.Samples(options.TraceId, null)
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.None;
    }

    private void Take(Activity activity)
    {
        if (!activity.Recorded) return;
        var began = new DateTimeOffset(activity.StartTimeUtc);
        _traces.Add(new TraceSpan(activity.DisplayName, activity.Context, began, began + activity.Duration)
        {
            Parent = activity.ParentSpanId,
            Kind = activity.Kind,
            Error = activity.Status == ActivityStatusCode.Error ? _clean(activity.StatusDescription ?? "") : null,
            Attributes = Clean(activity.TagObjects),
            Events =
            [
                .. activity.Events.Select(one => new TraceEvent(one.Name, one.Timestamp)
                {
                    Attributes = Clean(one.Tags),
                }),
            ],
            Links = [.. activity.Links.Select(link => link.Context)],
        });
    }

    private List<KeyValuePair<string, object?>> Clean(IEnumerable<KeyValuePair<string, object?>> tags) =>
        [.. tags.Select(tag => tag.Value is string text ? new(tag.Key, _clean(text)) : tag)];
}
