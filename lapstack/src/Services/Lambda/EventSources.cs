using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Template;

namespace Lapstack.Services.Lambda;

/// <summary>The pollers between queues and functions.</summary>
internal sealed class EventSources(
    FunctionStore functions, IQueues queues, IAuthorizer authorizer, Account account, Ids ids, RoomOnDisk room,
    Activity activity, TimeProvider clock) : IHostedPart, IDisposable
{
    private static readonly string[] NeededActions =
    [
        "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
    ];
    private readonly List<EventSource> _sources = [];
    private readonly BackgroundWork _work = new(activity, "Lambda");

    public IReadOnlyList<EventSource> All => _sources;

    public void Add(EventSource source) => _sources.Add(source);

    /// <exception cref="TemplateException">A function's role may not poll its queue: AWS refuses to create such a
    /// mapping.</exception>
    public Task StartAsync(CancellationToken cancellation)
    {
        foreach (var source in _sources.Where(source => source.IsEnabled))
        {
            var pool = functions.Get(source.FunctionName);
            Check(source, pool.Function);
            var poller = new EventSourcePoller(source, pool, queues, account, ids, activity, clock, room, _work);
            _work.Run(poller.RunAsync);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private void Check(EventSource source, FunctionConfiguration function)
    {
        var role = function.AssumeRole(authorizer);
        foreach (var action in NeededActions)
            if (authorizer.Refusal(role, new AccessRequest(action, source.QueueArn)) is { } refusal)
                throw new TemplateException($"The event source mapping {source.Id} cannot be created: {refusal}");
    }
}
