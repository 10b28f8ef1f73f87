namespace Jobs.Cli.Shapes;

/// <summary>A command that was sent.</summary>
/// <param name="Id">Sending another with this id does nothing more.</param>
/// <param name="Run">The run it makes or is about; null of a replay.</param>
internal sealed record SentShape(string Command, string Id, string? Run);
