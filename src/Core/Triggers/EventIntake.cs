using System.Text;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Triggers;

/// <summary>Makes one run of each event, however often it arrives, and by however many of a job's patterns.</summary>
public sealed class EventIntake(JobCatalog catalog, RunEngine engine)
{
    /// <summary>How a run's trigger begins: <c>event failed-orders ID of ARN</c>.</summary>
    public const string Trigger = "event ";

    private const string About = " of ";

    /// <summary>Characters that are kept of what an event is about: the run's item stays small.</summary>
    private const int MaxResource = 200;

    /// <param name="job">Name of the job whose rule matched.</param>
    /// <param name="trigger">Name of the trigger.</param>
    /// <returns>The run's id, and whether it is new.</returns>
    /// <exception cref="NotDeployedException">No such job is deployed, or it has no such trigger.</exception>
    /// <exception cref="RejectedMessageException">The event is larger than a run's input may be.</exception>
    public async Task<(RunId Id, bool IsNew)> HandleAsync(
        string job, string trigger, BusEvent @event, CancellationToken cancellation)
    {
        var definition = catalog.Required(job);
        var declared = definition.Events.FirstOrDefault(declared => declared.Name == trigger)
            ?? throw new NotDeployedException(
                $"The event is for trigger '{Excerpt.Of(trigger, 100)}', which job '{job}' does not have " +
                $"(it has: {string.Join(", ", definition.Events.Select(known => known.Name))}). " +
                "Deploy the job with it, then send the message back to its inbox with a redrive.");
        var id = IdOf(job, @event.Id);
        var request = new RunRequest(id, TriggerOf(trigger, @event), InputOf(declared, @event))
        {
            Priority = declared.Priority,
            IsTriggered = true,
        };
        return (id, await engine.SubmitAsync(request, definition, cancellation));
    }

    /// <summary>The run that an event makes.</summary>
    /// <param name="event">EventBridge's id, which is no other event's on any bus.</param>
    public static RunId IdOf(string job, string @event) => RunId.From(job, "event", @event);

    /// <summary>What a run's trigger says that its event is about: an ARN, else the event's id.</summary>
    public static string AboutOf(string trigger) =>
        trigger.Split(About, 2) is [_, var resource] ? resource : trigger[(trigger.LastIndexOf(' ') + 1)..];

    private static string TriggerOf(string trigger, BusEvent @event) =>
        $"{Trigger}{trigger} {@event.Id}" +
        (@event.Resource is { } resource ? About + Excerpt.Of(resource, MaxResource) : "");

    private static string InputOf(EventTrigger declared, BusEvent @event)
    {
        var input = declared.TakesEvent ? @event.Json : @event.Detail;
        return Encoding.UTF8.GetByteCount(input) is var size && size <= RunRequest.MaxInputBytes
            ? input
            : throw new RejectedMessageException(
                $"Event {@event.Id} has {size:N0} bytes of JSON, and a run's input has at most " +
                $"{RunRequest.MaxInputBytes:N0}. Let its sender put the data into an object, and name that.");
    }
}
