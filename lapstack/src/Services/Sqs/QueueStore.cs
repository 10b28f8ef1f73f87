using System.Collections.Concurrent;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.Sqs;

/// <summary>The queues of the stack, by name.</summary>
internal sealed class QueueStore
{
    private readonly ConcurrentDictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly QueueHouse _house;
    private readonly Account _account;
    private readonly LapstackEndpoint _endpoint;

    public QueueStore(
        StateFolder state,
        TimeProvider clock,
        Ids ids,
        Activity activity,
        Account account,
        LapstackEndpoint endpoint,
        ChaosDice chaos)
    {
        (_account, _endpoint) = (account, endpoint);
        _house = new QueueHouse(state.For("sqs"), clock, ids, activity, chaos, FindByArn);
    }

    public IEnumerable<Queue> All => _queues.Values.OrderBy(queue => queue.Name, StringComparer.Ordinal);

    public string ArnOf(string name) => _account.Arn("sqs", name);

    public string UrlOf(string name) => $"{_endpoint.Base}/{_account.Id}/{name}";

    /// <summary>
    /// Makes the queue, or takes up the one in the state folder; its settings are the template's either way.
    /// </summary>
    public Queue Open(string name, QueueSettings settings) =>
        _queues[name] = new Queue(name, ArnOf(name), settings, _house);

    public Queue? FindByName(string name) => _queues.GetValueOrDefault(name);

    public Queue? FindByArn(string arn) =>
        arn == ArnOf(arn[(arn.LastIndexOf(':') + 1)..]) ? FindByName(arn[(arn.LastIndexOf(':') + 1)..]) : null;

    /// <summary>By account and name, the end of the URL: host and port may be from an earlier start.</summary>
    public Queue? FindByUrl(string url) =>
        url.TrimEnd('/').Split('/') is [.., var account, var name] && account == _account.Id ? FindByName(name) : null;
}
