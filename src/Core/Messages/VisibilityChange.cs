namespace Jobs.Core.Messages;

/// <param name="Visibility">How long the message stays hidden from now on, in whole seconds; zero gives it back at
/// once.</param>
public sealed record VisibilityChange(string Receipt, TimeSpan Visibility);
