using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Schedules;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// The process in a task's container: the worker's protocol, and a job that does what its script says.
/// </summary>
internal sealed class Worker(SimulatedWorld world, EcsTask task) : Process(world, $"worker {task}", CallFaults.OfWorker)
{
    private static readonly TimeSpan FirstHeartbeat = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(30);
    private const int Tries = 4;
    private const int ExitCode = 3;

    private readonly LaunchId _launch = task.Launch.Id;
    private TaskCompletionSource<bool>? _sleep;
    private bool _terminated;

    /// <summary>The container has ended, the task not yet.</summary>
    public bool HasExited { get; set; }

    private TaskScript Script => task.Script;

    private RunPolicy Policy => World.Runs.Find(_launch.Run)!.Policy;

    public void Begin()
    {
        Died = () => World.Witness.UserCodeEnded(task);
        _ = RunAsync();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        _terminated = true;
        if (!Script.IgnoresStop) _sleep?.TrySetResult(true);
    }

    private async Task RunAsync()
    {
        try
        {
            if (!task.HasHost) await RunWithoutHostAsync();
            else await RunWithHostAsync();
        }
        catch (SimulatedFailureException)
        {
            // As the host does: what it could not read or write ends the attempt.
            Exit(WorkerExitCodes.AwsUnavailable, EndCause.Interruption);
        }
    }

    private async Task RunWithoutHostAsync()
    {
        World.Witness.UserCodeStarted(task);
        if (await WorkAsync(sends: false) != Ending.Done) Exit(143, EndCause.Interruption);
        else Finish(Script.End is JobEnd.Throws or JobEnd.GivesUp ? JobEnd.Exits : Script.End);
    }

    /// <summary>When it last tried to show that it lives; null before the first time.</summary>
    public DateTimeOffset? TriedHeartbeatAt { get; private set; }

    private async Task RunWithHostAsync()
    {
        if (World.Happens(FaultKind.NoMetadata))
        {
            // It cannot learn which task it is, and claims nothing.
            Exit(WorkerExitCodes.Unnamed, EndCause.Interruption);
            return;
        }

        if (!await PatientlyAsync("Claim", () => World.Results.Claim(_launch, task.Arn, World.Loop.Now)))
        {
            Exit(WorkerExitCodes.Superseded, EndCause.Superseded);
            return;
        }

        var run = await PatientlyAsync("ReadInput", () => World.Runs.Find(_launch.Run));
        if (run?.Input is null) throw new SimulatedFailureException("ReadInput");
        World.Witness.UserCodeStarted(task);
        switch (await WorkAsync(sends: true))
        {
            case Ending.Superseded:
                Exit(WorkerExitCodes.Superseded, EndCause.Superseded);
                break;
            case Ending.Terminated:
                await RecordAsync(new WorkerOutcome(WorkerExitCodes.Interrupted) { LogTail = ["told to stop"] });
                Exit(WorkerExitCodes.Interrupted, EndCause.Interruption);
                break;
            default:
                await ConcludeAsync(run);
                break;
        }
    }

    private async Task ConcludeAsync(Run run)
    {
        if (World.NeededMemory(task) > task.Size.MemoryMiB)
        {
            TaskLife.Exit(World, task, 137, "OutOfMemoryError: Container killed due to memory usage", EndCause.Memory);
            return;
        }

        if (Script.End == JobEnd.Succeeds && World.Splits.NextPhaseOf(run) is { } phase)
        {
            await AwaitAsync(phase);
            return;
        }

        if (Script.End is JobEnd.Succeeds or JobEnd.Throws or JobEnd.GivesUp)
        {
            var error = Script.End == JobEnd.Succeeds
                ? null
                : new WorkerError("System.Exception", "The job threw.", null, Script.End == JobEnd.Throws);
            var outcome = error is null
                ? new WorkerOutcome(WorkerExitCodes.Succeeded) { ResultJson = "{}" }
                : new WorkerOutcome(WorkerExitCodes.JobFailed) { Error = error };
            var written = await RecordAsync(outcome);
            if (!written)
            {
                Exit(WorkerExitCodes.Superseded, EndCause.Superseded);
                return;
            }
        }

        Finish(Script.End);
    }

    /// <summary>Submits children, notes how many there are in all, and ends for now.</summary>
    private async Task AwaitAsync(Phase phase)
    {
        for (var index = phase.First; index < phase.Until; index++)
        {
            await PatientlyAsync("SendCommand", () => World.Splits.Submit(_launch.Run, index));
        }

        if (await RecordAsync(new WorkerOutcome(WorkerExitCodes.AwaitingChildren) { Children = phase.Until }))
        {
            Exit(WorkerExitCodes.AwaitingChildren, EndCause.Waits);
        }
        else Exit(WorkerExitCodes.Superseded, EndCause.Superseded);
    }

    private void Finish(JobEnd end)
    {
        switch (end)
        {
            case JobEnd.Succeeds:
                Exit(WorkerExitCodes.Succeeded, EndCause.Done);
                break;
            case JobEnd.Throws:
                Exit(WorkerExitCodes.JobFailed, EndCause.JobFault);
                break;
            case JobEnd.GivesUp:
                Exit(WorkerExitCodes.JobFailed, EndCause.Hopeless);
                break;
            case JobEnd.Exits:
                Exit(
                    ExitCode,
                    Policy.NonRetryable?.ExitCodes.Contains(ExitCode) == true ? EndCause.Hopeless : EndCause.JobFault);
                break;
            default:
                Exit(139, EndCause.JobFault);
                break;
        }
    }

    private async Task<Ending> WorkAsync(bool sends)
    {
        if (Script.Hangs)
        {
            await new TaskCompletionSource().Task;
        }

        var end = World.Loop.Now + Script.Work;
        var due = World.Loop.Now + FirstHeartbeat;
        while (!_terminated || Script.IgnoresStop)
        {
            var next = sends && due < end ? due : end;
            if (await SleepAsync(next - World.Loop.Now)) break;
            if (next == end) return Ending.Done;
            due = World.Loop.Now + HeartbeatPeriod;
            if (!await HeartbeatAsync()) return Ending.Superseded;
        }

        await World.Loop.DelayAsync(World.Chance.Seconds(0.1, 5));
        return Ending.Terminated;
    }

    private async Task<bool> HeartbeatAsync()
    {
        TriedHeartbeatAt = World.Loop.Now;
        try
        {
            return await CallAsync(
                "Heartbeat", () => World.Results.Heartbeat(_launch, World.Loop.Now), CancellationToken.None);
        }
        catch (SimulatedFailureException)
        {
            return true;
        }
    }

    private Task<bool> RecordAsync(WorkerOutcome outcome) =>
        PatientlyAsync("Complete", () => World.Results.Complete(_launch, outcome));

    private async Task<T> PatientlyAsync<T>(string call, Func<T> effect)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await CallAsync(call, effect, CancellationToken.None);
            }
            catch (SimulatedFailureException) when (tries < Tries)
            {
                await World.Loop.DelayAsync(TimeSpan.FromSeconds(1 << (tries - 1)));
            }
        }
    }

    /// <summary>True when SIGTERM ended it early.</summary>
    private Task<bool> SleepAsync(TimeSpan time)
    {
        var sleep = new TaskCompletionSource<bool>();
        _sleep = sleep;
        World.Loop.After(time, () => sleep.TrySetResult(false));
        return sleep.Task;
    }

    private void Exit(int code, EndCause cause) => TaskLife.Exit(World, task, code, null, cause);

    private enum Ending
    {
        Done,
        Terminated,
        Superseded,
    }
}
