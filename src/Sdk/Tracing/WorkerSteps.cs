using System.Diagnostics;
using Jobs.Core.Messages;
using Jobs.Core.Tracing;

namespace Jobs.Sdk.Tracing;

/// <summary>
/// What the host does, as activities of the source <c>Jobs</c>: OpenTelemetry's SDK takes them, where an author has it,
/// and the host's own export else. Without either they do not exist.
/// </summary>
internal static class WorkerSteps
{
    public const string SourceName = "Jobs";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether another than the host takes its activities already.</summary>
    public static bool HasListeners => Source.HasListeners();

    /// <summary>A step of the attempt, and the current one until it is disposed; null without tracing.</summary>
    public static Activity? Begin(string name, ActivityContext? attempt) =>
        attempt is { } parent ? Source.StartActivity(name, ActivityKind.Internal, parent) : null;

    /// <summary>
    /// The handling of a message: in a run a step of its attempt, which knows the sender's; in a service's task a step
    /// of the sender's trace.
    /// </summary>
    public static Activity? Begin(string job, QueueMessage message, ActivityContext? attempt)
    {
        if (!HasListeners) return null;
        var sender = TraceText.Parse(message.Attributes.GetValueOrDefault(TraceText.TraceParent)?.Text)
            ?? TraceText.ParseAws(message.TraceHeader);
        return Source.StartActivity(
            ActivityKind.Consumer,
            parentContext: attempt ?? sender ?? default,
            tags:
            [
                new("messaging.system", "aws_sqs"),
                new("messaging.operation.type", "process"),
                new("messaging.message.id", message.Id),
                new("jobs.receives", message.Receives),
            ],
            links: attempt is not null && sender is { } other ? [new ActivityLink(other)] : [],
            name: $"{job} process");
    }

    /// <summary>Does the work, and says when it fails.</summary>
    public static async Task<T> FollowAsync<T>(this Activity? step, Func<Task<T>> work)
    {
        using (step)
        {
            try
            {
                return await work();
            }
            catch (Exception e)
            {
                step?.SetStatus(ActivityStatusCode.Error, e.Message);
                step?.SetTag("error.type", e.GetType().FullName);
                throw;
            }
        }
    }
}
