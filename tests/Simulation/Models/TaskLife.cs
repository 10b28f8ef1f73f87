using System.Globalization;
using Jobs.Core;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>What a task goes through from PROVISIONING to STOPPED, and the event that says so.</summary>
internal static class TaskLife
{
    private static readonly TimeSpan SpotNotice = TimeSpan.FromSeconds(120);

    public static void Begin(SimulatedWorld world, EcsTask task)
    {
        // Stuck in PROVISIONING until it is stopped.
        if (task.Script.Start is not { } start) return;
        world.Loop.After(start, () =>
        {
            if (!task.IsAlive || task.StoppingAt is not null) return;
            if (task.Script.StartFailure is { } failure) FailToStart(world, task, failure.Reason, failure.Cause);
            else Run(world, task);
        });
    }

    /// <summary>
    /// SIGTERM, and SIGKILL when its time is up. A task that does not run yet has nothing to be told.
    /// </summary>
    public static void Stop(SimulatedWorld world, EcsTask task, string code, string reason, EndCause cause)
    {
        if (!task.IsAlive || task.StoppingAt is not null) return;
        task.StoppingAt = world.Loop.Now;
        (task.StopCode, task.StoppedReason, task.Cause) = (code, reason, cause);
        world.Trace.Note(task.ToString(), "stopping", $"{code}");
        if (task.RunningAt is null)
        {
            world.Loop.After(world.Chance.Seconds(1, 10), () => Stopped(world, task));
            return;
        }

        var notice = code == "SpotInterruption" ? SpotNotice : TimeSpan.FromSeconds(task.StopTimeoutSeconds);
        task.Worker!.Terminate();
        world.Loop.After(notice, () => Exit(world, task, 137, null, cause));
    }

    /// <summary>The container has ended.</summary>
    public static void Exit(SimulatedWorld world, EcsTask task, int? code, string? containerReason, EndCause cause)
    {
        if (!task.IsAlive || task.Worker is { HasExited: true }) return;
        task.Worker!.HasExited = true;
        task.Worker.Die("exits");
        task.ExitCode = code;
        task.ContainerReason = containerReason;
        // Why it was told to stop counts before how it did; but work that is done is done, and what a job recorded
        // about its own end is true.
        var isOwn = cause == EndCause.Memory || code == WorkerExitCodes.JobFailed;
        // Of an image it is unknown whether it was done or obeyed.
        var isDone = cause == EndCause.Done && (task.HasHost || task.StoppingAt is null);
        var outweighs = isDone || cause == EndCause.Superseded
            || ((isOwn || cause == EndCause.Waits) && task.Cause != EndCause.OurStop);
        task.Cause = outweighs ? cause : task.Cause ?? cause;
        task.StopCode ??= "EssentialContainerExited";
        task.StoppedReason ??= "Essential container in task exited";
        world.Loop.After(world.Chance.Seconds(1, 20), () => Stopped(world, task));
    }

    private static void FailToStart(SimulatedWorld world, EcsTask task, string reason, EndCause cause)
    {
        (
            task.StopCode,
            task.StoppedReason,
            task.Cause,
            task.StoppingAt) = ("TaskFailedToStart", reason, cause, world.Loop.Now);
        world.Loop.After(world.Chance.Seconds(1, 20), () => Stopped(world, task));
    }

    private static void Run(SimulatedWorld world, EcsTask task)
    {
        task.RunningAt = world.Loop.Now;
        world.Trace.Note(task.ToString(), "running");
        task.Worker = new Worker(world, task);
        if (task.Script.Mishap is { } mishap) world.Loop.After(mishap.At, () => Suffer(world, task, mishap.Mishap));
        task.Worker.Begin();
    }

    private static void Suffer(SimulatedWorld world, EcsTask task, TaskMishap mishap)
    {
        if (!task.IsAlive || task.Worker is { HasExited: true }) return;
        switch (mishap)
        {
            case TaskMishap.SpotKill:
                Stop(world, task, "SpotInterruption", "Your Spot Task was interrupted.", EndCause.Interruption);
                break;
            case TaskMishap.HostRetired:
                Stop(world, task, "TerminationNotice", "The host of the task is being retired.", EndCause.Interruption);
                break;
            case TaskMishap.StoppedByHand:
                Stop(world, task, "UserInitiated", "Task stopped by user", EndCause.StoppedByHand);
                break;
            case TaskMishap.NoExitCode:
                Exit(world, task, null, null, EndCause.Lost);
                break;
            default:
                Vanish(world, task);
                break;
        }
    }

    private static void Vanish(SimulatedWorld world, EcsTask task)
    {
        world.Trace.Note(task.ToString(), "vanishes");
        task.VanishedAt = world.Loop.Now;
        task.Cause = EndCause.Lost;
        task.Worker!.Die("vanishes");
        world.Ecs.Ended(task);
    }

    private static void Stopped(SimulatedWorld world, EcsTask task)
    {
        if (!task.IsAlive) return;
        task.Worker?.Die("stopped");
        task.StoppedAt = world.Loop.Now;
        world.Trace.Note(task.ToString(), "STOPPED", $"{task.StopCode}, exit code {task.ExitCode}: {task.Cause}");
        world.Ecs.Ended(task);
        if (!world.Happens(FaultKind.LostStop))
        {
            world.StoppedTasks.Send(EventOf(task), FaultKind.DuplicateStop, FaultKind.DelayedStop);
        }
    }

    private static string EventOf(EcsTask task)
    {
        var container = task.RunningAt is null && task.ContainerReason is null ? "" : ContainerOf(task);
        return $$$"""
            {"version":"0","detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"taskArn":"{{{task.Arn}}}","startedBy":"{{{task.Launch.Id}}}",
            "lastStatus":"STOPPED","desiredStatus":"STOPPED","stopCode":"{{{task.StopCode}}}","stoppedReason":"{{{task.StoppedReason}}}","containers":[{{{container}}}],
            "createdAt":"{{{Iso(task.CreatedAt)}}}"{{{At("startedAt", task.RunningAt)}}}{{{At("stoppingAt", task.StoppingAt)}}}{{{At("stoppedAt", task.StoppedAt)}}},"version":5}}
            """;
    }

    private static string ContainerOf(EcsTask task)
    {
        var code = task.ExitCode is { } exit
            ? string.Create(CultureInfo.InvariantCulture, $",\"exitCode\":{exit}")
            : "";
        var reason = task.ContainerReason is { } text ? $",\"reason\":\"{text}\"" : "";
        return $"{{\"name\":\"worker\",\"lastStatus\":\"STOPPED\"{code}{reason}}}";
    }

    private static string At(string name, DateTimeOffset? at) => at is { } time ? $",\"{name}\":\"{Iso(time)}\"" : "";

    private static string Iso(DateTimeOffset at) =>
        at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
