namespace Jobs.Cli.Views;

/// <summary>How a replay is to go.</summary>
/// <param name="Id">Its key.</param>
/// <param name="PerMinute">Runs started a minute at most.</param>
/// <param name="Force">Also what has run already.</param>
/// <param name="Yes">Without asking.</param>
/// <param name="Json">For a script.</param>
internal sealed record ReplayWish(string Id, int PerMinute, bool Force, bool Yes, bool Json);
