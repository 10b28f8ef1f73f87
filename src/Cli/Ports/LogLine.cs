namespace Jobs.Cli.Ports;

/// <param name="Text">As it was written: of our host, a line of JSON.</param>
internal sealed record LogLine(DateTimeOffset At, string Text);
