namespace Jobs.Core.Alerts;

/// <summary>An alert as a chat channel shows it, in the markdown that Slack and Teams have in common.</summary>
/// <param name="Title">At most 250 characters, on one line.</param>
/// <param name="Text">At most 8,000 characters.</param>
/// <param name="NextSteps">What to do, at most ten of at most 350 characters.</param>
/// <param name="Thread">The same for all messages of one cause.</param>
public sealed record ChatText(string Title, string Text, IReadOnlyList<string> NextSteps, string Thread);
