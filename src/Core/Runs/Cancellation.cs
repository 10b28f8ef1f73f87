namespace Jobs.Core.Runs;

/// <summary>That a run was asked to end.</summary>
/// <param name="By">
/// Who asked, <c>user/alice</c>; or what did: <c>run import/…</c>, a parent that ended without success, or
/// <c>schedule report/daily</c>, whose next run replaces this one.
/// </param>
public sealed record Cancellation(DateTimeOffset At, string By);
