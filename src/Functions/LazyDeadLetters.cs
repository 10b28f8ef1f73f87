using Jobs.Core.Messages;

namespace Jobs.Functions;

/// <summary>Makes the port when the first message is refused.</summary>
internal sealed class LazyDeadLetters(Func<IDeadLetters> make) : IDeadLetters
{
    private readonly Lazy<IDeadLetters> _deadLetters = new(make);

    public Task SendAsync(string body, string reason, string? senders, CancellationToken cancellation) =>
        _deadLetters.Value.SendAsync(body, reason, senders, cancellation);
}
