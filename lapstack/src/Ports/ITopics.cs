namespace Lapstack.Ports;

/// <summary>SNS, for the services that publish (alarms, rules).</summary>
public interface ITopics
{
    bool Exists(string topicArn);

    /// <summary>Publishes to every subscription and returns the message id.</summary>
    Task<string> PublishAsync(string topicArn, string? subject, string message, CancellationToken cancellation);

    /// <summary>
    /// As <see cref="PublishAsync(string, string, string, CancellationToken)"/>, with other texts for the protocols
    /// that are named.
    /// </summary>
    Task<string> PublishAsync(
        string topicArn, string? subject, string message, IReadOnlyDictionary<string, string> byProtocol,
        CancellationToken cancellation);
}
