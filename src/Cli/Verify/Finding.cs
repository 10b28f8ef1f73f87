namespace Jobs.Cli.Verify;

/// <summary>A promise that was put to the test.</summary>
/// <param name="Name">One word, by which it is chosen.</param>
/// <param name="Expected">The promise, a sentence.</param>
/// <param name="Seen">What was seen, a sentence or more.</param>
/// <param name="NextStep">What to do about a broken one; null for all others.</param>
internal sealed record Finding(string Name, Standing Standing, string Expected, string Seen, string? NextStep);
