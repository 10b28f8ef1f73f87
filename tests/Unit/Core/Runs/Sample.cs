using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>Runs, tasks and records that tests vary with <c>with</c>.</summary>
internal static class Sample
{
    public const string Task1 = "arn:aws:ecs:eu-central-1:123456789012:task/jobs/1";
    public const string Task2 = "arn:aws:ecs:eu-central-1:123456789012:task/jobs/2";

    public static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static readonly RunPolicy Policy = new()
    {
        Cpu = 256,
        MemoryMiB = 512,
        TimeoutMinutes = 60,
        StopTimeoutSeconds = 120,
        Attempts = 3,
        BackoffSeconds = 30,
        MaxBackoffSeconds = 3_600,
    };

    public static RunId Id { get; } = RunId.From("line-count", "sample");

    public static Verdict Verdict(VerdictAction action) =>
        new(VerdictClass.RefusedUnknown, action, "It did not work.", "Try again.");

    /// <summary>A run at its third launch, whose task is or was <see cref="Task1"/>, and that owes nothing.</summary>
    public static Run In(RunState state) => new(Id)
    {
        State = state,
        Version = 7,
        Trigger = "upload incoming/*",
        Policy = Policy,
        Input = "{}",
        CreatedAt = Now.AddHours(-1),
        Launch = 3,
        Slot = 0,
        LaunchedAt = Now.AddMinutes(-10),
        TaskArn = Task1,
        StopCause = state == RunState.Stopping ? StopCause.Cancelled : null,
    };

    /// <summary>The run before ECS has answered its RunTask.</summary>
    public static Run Asking(RunState state) => In(state) with { TaskArn = null, Owed = [Effect.Launch] };

    public static TaskObservation Stopped(string task, int? exitCode) => new(task)
    {
        StopCode = "EssentialContainerExited",
        StoppedReason = "Essential container in task exited",
        Containers = [new ContainerObservation("worker", exitCode, null)],
        StartedAt = Now.AddMinutes(-9),
        StoppedAt = Now,
    };

    public static WorkerRecord Record(int launch, string task, string? result = null) =>
        new(launch, task, Now.AddMinutes(-8)) { ResultJson = result, ExitCode = result is null ? null : 0 };
}
