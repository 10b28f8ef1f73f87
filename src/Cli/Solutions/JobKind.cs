namespace Jobs.Cli.Solutions;

/// <summary>A kind of job that a new solution may have besides one for uploads.</summary>
/// <param name="Name">The template's option.</param>
/// <param name="Question">What a person is asked.</param>
internal sealed record JobKind(string Name, string Description, string Question)
{
    public static IReadOnlyList<JobKind> All { get; } =
    [
        new("schedule", "A job that runs each hour.", "A job that runs by a schedule?"),
        new("queue", "A job that handles the messages of a queue.", "A job that handles the messages of a queue?"),
        new("event", "A job that events of EventBridge start.", "A job that events of EventBridge start?"),
        new("image", "A job that is any image, without .NET.", "A job that is any image, without .NET?"),
    ];
}
