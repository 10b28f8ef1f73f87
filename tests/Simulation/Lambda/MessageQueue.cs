using System.Globalization;
using Amazon.Lambda.SQSEvents;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>
/// EventBridge into an SQS inbox into a function: at least once, in any order, late; batches with partial failures,
/// received again after the visibility timeout, and a dead-letter queue after the fifth time.
/// </summary>
/// <param name="timeout">What the stack gives the function; the visibility timeout is six times as long.</param>
internal sealed class MessageQueue(
    SimulatedWorld world, string name, TimeSpan timeout, Func<Sandbox, SQSEvent, Task<SQSBatchResponse>> handle)
{
    private const int MaxReceives = 5;
    private const int MaxConcurrency = 5;
    private const int BatchSize = 10;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly Function _function = new(world, name, timeout);
    private readonly Queue<Message> _visible = new();
    private readonly List<Message> _dead = [];
    private int _polls;
    private int _sent;

    /// <summary>Messages on their way, waiting, or being handled.</summary>
    public int InFlight { get; private set; }

    /// <param name="sender">SQS's name of the role that sends it; null when it does not matter.</param>
    /// <param name="saysWhen">The message says when it was sent.</param>
    public void Send(
        string body, FaultKind? duplicated, FaultKind? delayed, string? sender = null, bool saysWhen = false)
    {
        var copies = duplicated is { } twice && world.Happens(twice) ? 2 + world.Chance.Below(2) : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var late = delayed is { } fault && world.Happens(fault);
            var message = new Message((++_sent).ToString(CultureInfo.InvariantCulture), body)
            {
                Sender = sender,
                SentAt = saysWhen ? world.Loop.Now : null,
            };
            InFlight++;
            world.Loop.After(
                late
                    ? world.Chance.Spread(TimeSpan.FromSeconds(5), LongestDelay)
                    : world.Chance.Spread(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)),
                () => Arrive(message));
        }
    }

    /// <summary>The cause was mended: sends back what ended in the dead-letter queue.</summary>
    public void Redrive()
    {
        foreach (var message in _dead) Arrive(message with { Receives = 0 });
        _dead.Clear();
    }

    public void Refresh() => _function.Refresh();

    private void Arrive(Message message)
    {
        _visible.Enqueue(message);
        if (_polls >= MaxConcurrency) return;
        _polls++;
        world.Loop.After(world.Chance.Seconds(0.005, 0.1), Poll);
    }

    private void Poll()
    {
        var batch = new List<Message>();
        while (batch.Count < BatchSize && _visible.TryDequeue(out var message))
        {
            batch.Add(message with { Receives = message.Receives + 1 });
        }

        if (batch.Count == 0)
        {
            _polls--;
            return;
        }

        SQSBatchResponse? response = null;
        _function.Invoke(
            async sandbox =>
                response = await handle(
                    sandbox, new SQSEvent { Records = [.. batch.Select(message => message.ToSqs())] }),
            _ =>
            {
                Settle(batch, response);
                Poll();
            });
    }

    private void Settle(List<Message> batch, SQSBatchResponse? response)
    {
        foreach (var message in batch)
        {
            var failed = response is null
                || response.BatchItemFailures.Any(failure => failure.ItemIdentifier == message.Id);
            if (!failed) world.Witness.Handled(message.Body);
            if (failed && message.Receives >= MaxReceives) Bury(message);
            else if (failed || world.Happens(FaultKind.Redelivery))
            {
                world.Loop.After(timeout * 6, () => Arrive(message));
            }
            else InFlight--;
        }
    }

    private void Bury(Message message)
    {
        _dead.Add(message);
        // A call that was under way when the faults ended may fail after it.
        if (world.Loop.Now >= world.FaultsEnd) world.Loop.After(timeout, Redrive);
    }

    private sealed record Message(string Id, string Body)
    {
        public int Receives { get; init; }

        public string? Sender { get; init; }

        public DateTimeOffset? SentAt { get; init; }

        public SQSEvent.SQSMessage ToSqs() => new()
        {
            MessageId = Id,
            Body = Body,
            Attributes = Attributes,
        };

        private Dictionary<string, string>? Attributes => (Sender, SentAt) switch
        {
            ({ } sender, _) => new() { ["SenderId"] = sender },
            (_, { } at) => new()
            {
                ["SentTimestamp"] = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            },
            _ => null,
        };
    }
}
