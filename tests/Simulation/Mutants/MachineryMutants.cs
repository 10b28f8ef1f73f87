namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Bugs in what performs effects, sweeps, dispatches, judges and tells.</summary>
internal static class MachineryMutants
{
    private const string Engine = "Engine/RunEngine.cs";
    private const string Sweep = "Engine/Sweep.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("lost-write-believed", "A conditional write that was lost is taken for done.", Engine,
            "if (!await SaveAsync(reading.Run, fact, settled, cancellation)) continue;",
            "await SaveAsync(reading.Run, fact, settled, cancellation);", InvariantGroups.Once),
        new("two-send-again", "Two may send a launch again at once, and the refusal of one is believed.", Engine,
            "return await runs.SaveAsync(resent, cancellation) ? resent : null;",
            "return await Task.FromResult(resent with { Version = run.Version });", InvariantGroups.Running)
        {
            Skips = 240,
        },
        new("sent-again-unseen", "A launch is sent again without looking for its task first.", Engine,
            "if (found.Count > 0) return new Fact.LaunchAccepted(run.Launch, found[0]);", "", InvariantGroups.Running),
        new("lost-launch-is-missing", "A launch that is not found at once is given up, whatever is on its way.", Engine,
            "if (SinceSent(run) <= RunTimings.MissingConfirmation)", "if (SinceSent(run) <= TimeSpan.Zero)",
            InvariantGroups.Running)
        {
            Skips = 160,
        },
        new("unpermitted-launch", "A launch is sent without its slot and share.", Engine,
            "if (!await permits.AcquireAsync(run, cancellation)) return new Fact.SlotRefused(run.Launch);",
            "await permits.AcquireAsync(run, cancellation);", InvariantGroups.Once),
        new("effects-of-others-dropped", "An effect that failed is noted as done.", Engine,
            "                failures.Add(e);\n            }\n        }\n\n        var before = run;",
            "                failures.Add(e);\n                done.Add(effect);\n            }\n        }\n\n       " +
            " var before = run;", InvariantGroups.Telling),
        new("slot-freed-while-starting", "A slot is freed while its launch is still starting.", "Slots/SlotHealer.cs",
            "run is not { MayHaveTask: true } || run.Launch",
            "run is not { State: RunState.Running or RunState.Stopping } || run.Launch", InvariantGroups.Once),
        new("unread-is-missing", "A task that ECS left out of its answer counts as missing.", Sweep,
            "var known = TaskToWatch(reading) is { } arn && observed.TryGetValue(arn, out task);",
            "var known = TaskToWatch(reading) is { } arn && (observed.TryGetValue(arn, out task) || true);",
            InvariantGroups.Running),
        new("impatient-with-heartbeats", "A worker is stopped for silence between two heartbeats.",
            "Runs/RunTimings.cs",
            "HeartbeatLimit = TimeSpan.FromMinutes(5)", "HeartbeatLimit = TimeSpan.FromSeconds(20)",
            InvariantGroups.Ending)
        {
            Skips = 275,
        },
        new("no-timeout", "An attempt is never stopped for its time.", "Engine/RunWatch.cs",
            "&& (task is not null || run.State == RunState.Running)",
            "&& task is not null && run.State == RunState.Pending",
            InvariantGroups.Running),
        new("time-counts-from-launch", "An attempt's time counts from the decision to launch it.", "Runs/RunTimes.cs",
            "(task?.StartedAt ?? ((task?.CreatedAt ?? run.LaunchedAt) + RunTimings.StartAllowance))", "run.LaunchedAt",
            InvariantGroups.Running),
        new("stale-index-believed", "What the index shows is written on without its version.", Engine,
            "if (!await SaveAsync(waiting, fact, starting, cancellation)) return DispatchOutcome.Overtaken;",
            "await SaveAsync(waiting, fact, starting, cancellation);", InvariantGroups.Running),
        new("waits-ignored", "A run is dispatched before its time.", "Dispatch/DispatchQueue.cs",
            "ready.Where(run => !(run.NotBefore > now)).ToList()", "ready.ToList()",
            InvariantGroups.Running),
        new("result-ignored", "A result counts only with exit code 0.", "Verdicts/TaskVerdicts.cs",
            "{ Worker.HasResult: true } => Done,",
            "{ Worker.HasResult: true, Task.Worker.ExitCode: 0, Cause: null } => Done,", InvariantGroups.Running),
        new("no-result-is-success", "Exit code 0 is success, result or not.", "Verdicts/TaskVerdicts.cs",
            "{ HasHost: false, Task.Worker: { ExitCode: 0 } worker }",
            "{ Task.Worker: { ExitCode: null or 0 } worker }", InvariantGroups.Running),
        new("alert-never-repeated", "An e-mail whose sender died is never sent.", "Alerts/AlertCause.cs",
            "ClaimLife = TimeSpan.FromMinutes(2)", "ClaimLife = TimeSpan.FromDays(2)",
            [
                .. InvariantGroups.Telling, nameof(Invariants.NothingIsLeft),
            ]),
        new("alert-noted-too-soon", "An e-mail is noted as sent before it is.", "Alerts/AlertManager.cs",
            "if (alert is not null) { await alerts.PublishAsync( " +
            "alert with { Job = claimed.Key.Job, IsSuccess = claimed.Key.IsSuccess }, cancellation); } " +
            "await causes.NoteSentAsync(claimed, step, cancellation);",
            "await causes.NoteSentAsync(claimed, step, cancellation); " +
            "if (alert is not null) await alerts.PublishAsync(alert, cancellation);", InvariantGroups.Telling),
    ];
}
