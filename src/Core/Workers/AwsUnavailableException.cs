namespace Jobs.Core.Workers;

/// <summary>
/// AWS did not answer one of the runner's own calls for minutes: the network, a failing service, a throttle, or, for
/// calls of the host, a permission that is not visible yet. A job lets it pass: the attempt is then repeated at no
/// cost.
/// </summary>
/// <param name="message">What could not be done, and what AWS said last.</param>
public sealed class AwsUnavailableException(string message, Exception cause) : IOException(message, cause);
