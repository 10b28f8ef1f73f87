using System.Text.Json;
using Jobs.Core.Alerts;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Inputs;
using Jobs.Core.Messages;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;

namespace Jobs.Core.Commands;

/// <summary>Carries out what the commands queue asks for. The same command twice does its work once.</summary>
/// <param name="lines">What to type about this stack.</param>
public sealed class CommandIntake(
    JobCatalog catalog,
    IRunStore runs,
    RunEngine engine,
    ChildCoordinator children,
    ReplayIntake replays,
    PauseKeeper pauses,
    TestAlerts tests,
    CommandLines lines,
    TimeProvider clock)
{
    private const int ShownName = 100;

    /// <param name="body">The message.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="mayWait">
    /// Whether it will come again if what it is for is not deployed yet; else a parent is told that its child never
    /// begins.
    /// </param>
    /// <returns>What came of it, in a sentence.</returns>
    /// <exception cref="NotDeployedException">It is for a job or a schedule that this stack does not have.</exception>
    /// <exception cref="RejectedMessageException">It can never be done; the reason says what to do instead.</exception>
    public async Task<string> HandleAsync(string body, Sender sender, bool mayWait, CancellationToken cancellation)
    {
        var command = CommandReader.Read(body);
        await CheckSenderAsync(sender.Job, command, mayWait, cancellation);
        command = command with { By = sender.Named(command.By), SentAt = sender.SentAt };
        return command switch
        {
            Command.Submit submit => await SubmitAsync(submit, mayWait, cancellation),
            Command.SubmitArray array => await SubmitArrayAsync(array, cancellation),
            Command.Retry retry => await RetryAsync(retry, cancellation),
            Command.Replay replay => await ReplayAsync(replay, cancellation),
            Command.Cancel cancel => await CancelAsync(cancel, cancellation),
            Command.CancelReplay cancel => await CancelReplayAsync(cancel, cancellation),
            Command.Pause pause => await PauseAsync(pause, cancellation),
            Command.Resume resume => await ResumeAsync(resume, cancellation),
            Command.TestAlert test => await TestAlertAsync(test, cancellation),
            _ => throw new InvalidOperationException($"No handler carries out {command}."),
        };
    }

    /// <summary>
    /// A parent that is not deployed, or no longer declares the child, is told of the refusal, or it would wait for
    /// ever.
    /// </summary>
    private async Task CheckSenderAsync(string? sender, Command command, bool mayWait, CancellationToken cancellation)
    {
        try
        {
            CheckSender(sender, command);
        }
        catch (NotDeployedException e) when (
            !mayWait && command is Command.Submit { Parent: { } parent } && parent.Job == sender)
        {
            var child = ChildOf((Command.Submit)command);
            var first = await children.RegisterAsync(parent, child, cancellation);
            if (first.Fingerprint == child.Fingerprint) await RefuseAsync(parent, child, e.Message, cancellation);
            throw;
        }
    }

    /// <summary>
    /// A job may submit what it declares, and nothing else: a worker that was taken over must not command the others.
    /// </summary>
    private void CheckSender(string? sender, Command command)
    {
        if (sender is null) return;
        var allowed = catalog.Find(sender)?.Submits ?? [];
        if (command is Command.Submit submit
            && allowed.Contains(submit.Job)
            && (submit.Parent is null || submit.Parent.Value.Job == sender))
        {
            return;
        }

        var asked = command switch
        {
            Command.Submit other => $"submit '{Excerpt.Of(other.Job, ShownName)}'",
            Command.CancelReplay => "cancel a replay",
            Command.TestAlert => "test the alerts",
            _ => command.GetType().Name.ToLowerInvariant(),
        };
        var reason =
            $"The message is from the role of job '{sender}', which may only submit " +
            $"{(allowed.Count == 0 ? "nothing" : string.Join(", ", allowed))} (sent: {asked}). " +
            "Declare it on the job with [Submits(\"…\")] and deploy, or send the command from another role.";
        throw command is Command.Submit ? new NotDeployedException(reason) : new RejectedMessageException(reason);
    }

    private async Task<string> SubmitAsync(Command.Submit submit, bool mayWait, CancellationToken cancellation)
    {
        if (submit.Parent is { } parent) return await SubmitChildAsync(submit, parent, mayWait, cancellation);
        var job = FindFor(submit);
        var request = new RunRequest(submit.Run, "manual", submit.Input)
        {
            Priority = submit.Priority,
            Labels = submit.Labels,
            By = submit.By,
            Size = SizeOf(job, submit),
        };
        return Started(submit, await engine.SubmitAsync(request, job, cancellation));
    }

    private async Task<string> SubmitArrayAsync(Command.SubmitArray array, CancellationToken cancellation)
    {
        var request = new RunRequest(array.Run, $"array of {array.Work.Count}", "{}")
        {
            Priority = array.Priority,
            Labels = array.Labels,
            By = array.By,
        };
        var isNew = await engine.SubmitArrayAsync(request, OnDemand.Check(Find(array.Job)), array.Work, cancellation);
        return $"Command {array.Id} {(isNew ? "started" : "had already started")} run {array.Run} of " +
            $"{array.Work.Count} items.";
    }

    private async Task<string> SubmitChildAsync(
        Command.Submit submit, RunId parent, bool mayWait, CancellationToken cancellation)
    {
        var child = ChildOf(submit);
        var first = await children.RegisterAsync(parent, child, cancellation);
        // That child is another one, and is to be neither replaced nor noted as failed.
        if (first.Fingerprint != child.Fingerprint) throw OtherChild(submit, parent, first);
        // Its parent does not wait for it any more, not even for one that was refused and could start now.
        if (first.State is { } state)
        {
            return $"Command {submit.Id} starts nothing: run {child.Run} is {state} for its parent {parent}.";
        }

        try
        {
            var job = FindFor(submit);
            if (!await children.AdmitAsync(parent, child, cancellation))
            {
                return $"Command {submit.Id} starts nothing: {parent}, whose child it would be, is over. Submit it " +
                "on its own if it is wanted, or retry the parent.";
            }

            var request = new RunRequest(submit.Run, $"child of {parent}", submit.Input)
            {
                Priority = submit.Priority,
                Labels = submit.Labels,
                Size = SizeOf(job, submit),
                Parent = parent,
                ChildIndex = submit.Index,
            };
            return Started(submit, await engine.SubmitAsync(request, job, cancellation));
        }
        catch (RejectedMessageException e) when (!(mayWait && e is NotDeployedException))
        {
            await RefuseAsync(parent, child, e.Message, cancellation);
            throw;
        }
    }

    /// <summary>A repeated command of a child that had begun refuses nothing: how it ends, its run says.</summary>
    private async Task RefuseAsync(RunId parent, ChildRun child, string why, CancellationToken cancellation)
    {
        if (await runs.ReadAsync(child.Run, cancellation) is null)
        {
            await children.RefuseAsync(parent, child, why, cancellation);
        }
    }

    private static string Started(Command.Submit submit, bool isNew) =>
        $"Command {submit.Id} {(isNew ? "started" : "had already started")} run {submit.Run}.";

    private static ChildRun ChildOf(Command.Submit submit) =>
        new(submit.Index, submit.Run) { Fingerprint = InputFingerprint.Of(submit.Job, submit.Input) };

    private JobDefinition FindFor(Command.Submit submit)
    {
        var job = OnDemand.Check(Find(submit.Job));
        CheckInput(job, submit.Input);
        return job;
    }

    private async Task<string> RetryAsync(Command.Retry retry, CancellationToken cancellation)
    {
        var job = OnDemand.Check(Find(retry.Run.Job));
        var before = await runs.ReadAsync(retry.Run, cancellation) ?? throw NoSuchRun(retry.Run);
        if (!before.Run.IsOver)
        {
            throw new RejectedMessageException(
                $"A run is retried when it is over (run {retry.Run} is {before.VisibleState}). Wait for its end or " +
                "cancel it, then send the retry again.");
        }

        // A run whose input is gone has expired between the two reads.
        var input = await runs.ReadInputAsync(retry.Run, cancellation);
        if (input is null && before.Run.InputKey is null) throw NoSuchRun(retry.Run);
        var request = new RunRequest(retry.NewRun, $"retry of {retry.Run}", input)
        {
            InputKey = before.Run.InputKey,
            Priority = before.Run.Priority,
            Labels = before.Run.Labels,
            By = retry.By,
            Size = before.Run.Policy is { HasOwnSize: true } own ? new TaskSize(own.Cpu, own.MemoryMiB) : null,
            RetryOf = retry.Run,
        };
        // An array begins anew, with all its items.
        var isNew = before.Run.Array is { } work
            ? await engine.SubmitArrayAsync(
                request, job, new ArrayWork(work.Key, work.Count, work.AtOnce), cancellation)
            : await engine.SubmitAsync(request, job, cancellation);
        return $"Command {retry.Id} {(isNew ? "started" : "had already started")} run {retry.NewRun}, a retry of " +
            $"{retry.Run}.";
    }

    private async Task<string> ReplayAsync(Command.Replay command, CancellationToken cancellation)
    {
        var replay = await replays.BeginAsync(
            new Replay(command.Id, command.SourceJson, command.PerMinute, command.Force, clock.GetUtcNow()),
            cancellation);
        return replay.IsOver
            ? $"Replay {command.Id} was over already."
            : $"Replay {command.Id} of {command.SourceJson} is under way.";
    }

    private async Task<string> CancelAsync(
        Command.Cancel cancel,
        CancellationToken cancellation) => await engine.CancelAsync(cancel.Run, cancel.By, cancellation) switch
        {
            CancelAnswer.NoSuchRun => throw NoSuchRun(cancel.Run),
            CancelAnswer.AlreadyOver => $"Run {cancel.Run} was over before command {cancel.Id} could cancel it.",
            CancelAnswer.Cancelled => $"Command {cancel.Id} cancelled run {cancel.Run}.",
            _ => $"Command {cancel.Id} stops run {cancel.Run}.",
        };

    private async Task<string> CancelReplayAsync(Command.CancelReplay cancel, CancellationToken cancellation) =>
        $"Replay {cancel.Begun} " +
        $"{(await replays.CancelAsync(cancel.Begun, cancellation) ? "is cancelled" : "was over already")}.";

    private async Task<string> PauseAsync(Command.Pause command, CancellationToken cancellation)
    {
        var (target, now) = (TargetOf(command.Job, command.Schedule), clock.GetUtcNow());
        if (command.Until - now > Pause.Longest)
        {
            throw new RejectedMessageException(
                $"A pause lasts {Pause.Longest.Days} days at most (until: {command.Until:u}). Name an earlier time, or " +
                "leave it out for a pause that lasts until it is ended.");
        }

        if (command.Until <= now) return $"The pause of {target} was over before command {command.Id} came.";
        var isNew = await pauses.BeginAsync(
            new Pause(command.Job, command.Schedule)
            {
                Id = command.Id,
                AskedAt = command.SentAt,
                From = now,
                Until = command.Until,
                Reason = command.Reason,
                By = command.By,
            },
            cancellation);
        return isNew
            ? $"Command {command.Id} paused {target}{Until(command)}, by {command.By ?? "unknown"}: {command.Reason}"
            : $"Command {command.Id} had already paused {target}, or came after one that was sent later.";
    }

    private async Task<string> ResumeAsync(Command.Resume command, CancellationToken cancellation)
    {
        // Also of what is no longer deployed: its pause is to go.
        var target = Pause.NameOf(command.Job, command.Schedule);
        var ended = await pauses.EndAsync(
            new(command.Job, command.Schedule, command.Id, command.By) { AskedAt = command.SentAt }, cancellation);
        if (ended is null) return $"{target} is not paused, so command {command.Id} resumes nothing.";
        engine.LeaveWaiting();
        return $"Command {command.Id} resumed {target}, which was paused since {ended.From:u}, by " +
            $"{command.By ?? "unknown"}.";
    }

    private static string Until(Command.Pause command) => command.Until is { } until ? $" until {until:u}" : "";

    /// <summary>What is to be paused, if it can be.</summary>
    private string TargetOf(string name, string? schedule)
    {
        var job = Find(name);
        if (PauseRules.WhyNot(job) is { } why) throw new RejectedMessageException(why);
        if (schedule is null || job.Schedules.Any(one => one.Name == schedule)) return Pause.NameOf(name, schedule);
        var names = job.Schedules.Select(one => one.Name).ToList();
        throw new NotDeployedException(
            $"Job '{name}' has no schedule '{Excerpt.Of(schedule, ShownName)}'{Spelling.Suggestion(schedule, names)} " +
            $"It has: {(names.Count == 0 ? "none" : string.Join(", ", names))}. " +
            "Send one of these, or leave it out to pause the job.");
    }

    private async Task<string> TestAlertAsync(Command.TestAlert test, CancellationToken cancellation)
    {
        await tests.SendAsync(test.Id, test.Job is { } job ? Find(job) : null, cancellation);
        return $"Command {test.Id} tested the alerts{(test.Job is { } about ? $" about {about}" : "")}.";
    }

    private JobDefinition Find(string job)
    {
        if (catalog.Find(job) is { } definition) return definition;
        var names = catalog.Jobs.Select(known => known.Name).ToList();
        throw new NotDeployedException(
            $"There is no job '{Excerpt.Of(job, ShownName)}'{Spelling.Suggestion(job, names)} " +
            $"This stack has: {(names.Count == 0 ? "none" : string.Join(", ", names))}. " +
            "Send one of these, or deploy the job and redrive the message.");
    }

    private static TaskSize? SizeOf(JobDefinition job, Command.Submit submit) =>
        RunSize.Of(job, submit.Cpu, submit.MemoryMiB, out var whyNot) is var size && whyNot is null
            ? size
            : throw new RejectedMessageException($"{whyNot} Correct it and send the command again.");

    private void CheckInput(JobDefinition job, string input)
    {
        using var document = JsonDocument.Parse(input);
        var faults = InputSchema.Check(job.InputSchema, document.RootElement);
        if (faults.Count == 0) return;
        throw new RejectedMessageException(
            $"The input does not fit job '{job.Name}': {string.Join(' ', faults)} Correct it and send the command " +
            $"again. What the job takes: {lines.List(json: true)}");
    }

    private static RejectedMessageException OtherChild(Command.Submit submit, RunId parent, ChildRun first)
    {
        var differs = first.Run.Job == submit.Job ? $"the input of job '{submit.Job}' is another"
            : $"that was for job '{first.Run.Job}', this is for job '{submit.Job}'";
        return new($"Run {parent} has submitted its child {submit.Index} before, as {first.Run}, and differently: " +
            $"{differs}. The first one stays, and command {submit.Id} starts nothing. " +
            "Let each attempt of the parent submit the same inputs in the same order, or derive them from a " +
            "checkpoint; if this input is wanted too, submit it on its own.");
    }

    private RejectedMessageException NoSuchRun(RunId run) =>
        new($"There is no run {run}: it never was, or it has expired (90 days after its end). " +
            $"Those there are: {lines.Runs(run.Job)}");
}
