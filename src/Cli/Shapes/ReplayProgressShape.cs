namespace Jobs.Cli.Shapes;

/// <summary>How far a replay is.</summary>
/// <param name="Started">Runs started; of dead letters, messages moved back.</param>
/// <param name="Skipped">What had run already.</param>
/// <param name="Failed">What could not be started and was left out.</param>
/// <param name="IsOver">Nothing more comes of it.</param>
/// <param name="IsGivenUp">It ended half-way: sent again it goes on from there.</param>
/// <param name="IsCancelled">Somebody ended it, for good.</param>
/// <param name="Error">What went wrong last; null when all is well.</param>
internal sealed record ReplayProgressShape(int Started, int Skipped, int Failed, bool IsOver, bool IsGivenUp, bool IsCancelled, string? Error);
