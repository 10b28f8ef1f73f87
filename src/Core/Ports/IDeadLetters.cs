namespace Jobs.Core.Ports;

/// <summary>Where a message goes that can never succeed, with the reason, so that nothing is lost and nothing blocks.</summary>
public interface IDeadLetters
{
    Task SendAsync(string body, string reason, CancellationToken cancellation);
}
