namespace Jobs.Cli.Shapes;

internal sealed record MomentShape(DateTimeOffset At, string What);
