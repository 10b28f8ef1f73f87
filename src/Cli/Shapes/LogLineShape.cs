namespace Jobs.Cli.Shapes;

/// <summary>A line of a run's log: one JSON object a line.</summary>
/// <param name="Task">Id of the task that wrote it.</param>
internal sealed record LogLineShape(DateTimeOffset At, int Launch, string Task, string Text);
