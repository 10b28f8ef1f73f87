namespace Jobs.Cli.Ports;

/// <summary>One who is to be told of what is published to a topic.</summary>
/// <param name="Protocol">Such as email.</param>
/// <param name="IsConfirmed">Until then nothing is sent there.</param>
internal sealed record Subscription(string Protocol, string Endpoint, bool IsConfirmed);
