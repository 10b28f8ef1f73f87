namespace Jobs.Core.Runs;

/// <summary>That a run was asked to end.</summary>
/// <param name="By">Who asked: <c>user/alice</c>.</param>
public sealed record Cancellation(DateTimeOffset At, string By);
