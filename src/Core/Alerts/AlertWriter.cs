using System.Globalization;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Alerts;

/// <summary>
/// Writes the e-mails about runs that an admin has to look at: what happened, what to do, each attempt, the last log
/// lines, where to look, how to start them again. The most important comes first, in short lines: it is read on a
/// phone.
/// </summary>
/// <param name="catalog">Says who owns a job.</param>
public sealed class AlertWriter(StackInfo stack, JobCatalog catalog)
{
    /// <summary>
    /// SNS takes printable ASCII below 100 characters. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    /// </summary>
    private const int MaxSubject = 99;

    /// <summary>Characters that stand for a command's id.</summary>
    private const int MaxTestId = 12;

    private readonly RunSections _sections = new(stack);

    internal CommandLines Lines => stack.Lines;

    /// <summary>All about the first run of a cause: it failed for good, or is stuck.</summary>
    public Alert ForFirst(AlertCause cause, RunDossier run) => cause.Key switch
    {
        { IsSuccess: true } => ForSuccess(cause, run),
        { IsStuck: true } => ForStuck(cause, run),
        _ => ForFailure(cause, run),
    };

    /// <summary>A run was planned and did not appear: how to start it after all.</summary>
    public Alert ForMissing(AlertCause cause)
    {
        var missing = MissingRun.Parse(cause.Key.Job, cause.Key.Reason);
        var schedule = missing.Schedule;
        var body = Begin(schedule.Job, $"{schedule.Job} did not run as planned.")
            .Section("WHAT HAPPENED")
            .Prose(
                Inv(
                    $"Its schedule '{schedule.Name}' planned a run for {Time(missing.PlannedAt)}. {MissingRun.Grace.TotalMinutes:0} minutes later there was none."))
            .Steps()
            .Prose("See whether the schedule is enabled in EventBridge, and whether messages lie in the dead-letter " +
                "queues Undelivered or Schedules. " +
                "You get no further e-mail about this schedule until it has run again.")
            .Section("TO START IT AFTER ALL")
            .Line(stack.Lines.ReplaySchedule(schedule, missing.PlannedAt, missing.PlannedAt + Schedule.Resolution));
        return Compose(
            $"{schedule.Job} did not run at {Time(missing.PlannedAt)}, as schedule {schedule.Name} planned",
            cause.AlertId,
            body);
    }

    /// <summary>Nothing has happened: that it arrives is what it says.</summary>
    /// <param name="id">Of the command that asked for it.</param>
    /// <param name="job">Whose recipients get it too; null for none.</param>
    public Alert ForTest(string id, string? job)
    {
        var sentence = job is null ? "This is a test of the alerts." : $"This is a test of the alerts about {job}.";
        var body = new AlertText().Prose($"{sentence} Nothing has failed.")
            .Steps().Prose("Nothing. Who should have got this and did not: see what the stack is told of them.")
            .Line(stack.Lines.Doctor());
        return Compose(sentence, TailOf(id), body) with { Job = job };
    }

    /// <summary>What a subject may have at its end: the sender's id may be longer, and have any character.</summary>
    private static string TailOf(string id) => RunId.From("alerts", "test", id).Key[..MaxTestId];

    /// <summary>One e-mail for many runs: how many so far, and some of them.</summary>
    public Alert ForStorm(AlertCause cause, IReadOnlyList<RunDossier> samples)
    {
        var body = Begin(
            cause.Key.Job,
            Inv(
                $"{Runs(cause)} of {cause.Key.Job} {Verb(cause)} alike since {Time(cause.OpenedAt)}, and more may follow. You get one more e-mail, when it is over."));
        if (!cause.Key.IsSuccess)
        {
            body.Section("WHAT HAPPENED").Prose(ReasonOf(cause, samples));
            _sections.AppendSteps(body, samples);
        }

        RunSections.AppendSamples(body, cause, samples);
        return Compose(
            cause.Key.IsSuccess
                ? Inv($"{Runs(cause)} of {cause.Key.Job} {Verb(cause)}")
                : Inv($"{Runs(cause)} of {cause.Key.Job} {Verb(cause)}: {ReasonOf(cause, samples)}"),
            cause.AlertId + "/many",
            body);
    }

    /// <summary>The cause has met no more runs: how many it was, and how to start them again.</summary>
    /// <param name="asked">When the first of its runs was asked for, as far as they are known.</param>
    public Alert ForEnd(AlertCause cause, IReadOnlyList<RunDossier> samples, DateTimeOffset asked) => cause.Key switch
    {
        { IsSuccess: true } => ForSuccesses(cause, samples),
        { IsStuck: true } => ForRecovered(cause, samples),
        _ => ForStormEnd(cause, samples, asked),
    };

    private Alert ForSuccess(AlertCause cause, RunDossier dossier)
    {
        var run = dossier.Run;
        var body = Begin(run.Id.Job, $"{run.Id.Job} succeeded.");
        _sections.AppendSuccess(body, dossier);
        return Compose(
            $"{run.Id.Job} succeeded: {dossier.Upload?.ToString() ?? run.Trigger}",
            cause.AlertId,
            body);
    }

    private Alert ForSuccesses(AlertCause cause, IReadOnlyList<RunDossier> samples)
    {
        var text = Inv($"{Runs(cause)} of {cause.Key.Job} succeeded");
        var body = Begin(cause.Key.Job, Inv($"{text}, from {Time(cause.OpenedAt)} to {Time(cause.LastAt)}."))
            .Prose(GoesOn(cause) ? "It goes on. The next one is told by itself." : "No more came since.");
        RunSections.AppendSamples(body, cause, samples);
        return Compose(text, cause.AlertId + "/over", body);
    }

    private Alert ForFailure(AlertCause cause, RunDossier dossier)
    {
        var run = dossier.Run;
        var body = Begin(run.Id.Job, $"{run.Id.Job} {Words(run.State)}.");
        if (run.Verdict is { } verdict)
        {
            body.Section("WHAT HAPPENED").Prose(verdict.Sentence);
            body.Steps().Prose(verdict.NextStep);
        }

        _sections.AppendAll(body, dossier);
        return Compose(
            $"{run.Id.Job} {Words(run.State)}: {run.Verdict?.Sentence}",
            cause.AlertId,
            body);
    }

    private Alert ForStuck(AlertCause cause, RunDossier dossier)
    {
        var run = dossier.Run;
        var since = run.Stall?.Since ?? cause.OpenedAt;
        var body = Begin(
            run.Id.Job, Inv($"{run.Id.Job} is stuck: it {WaitsFor(cause.Key.Reason)}, since {Time(since)}."));
        if (run.Refusals > 0 && run.Verdict is { } refusal)
        {
            body.Section("WHAT HAPPENED").Prose(
                Inv($"ECS refused it {run.Refusals} times. The last time: {refusal.Sentence}"));
            body.Steps().Prose(refusal.NextStep);
        }
        else
        {
            if (run.Stall?.Detail is { } detail) body.Section("WHAT HAPPENED").Prose($"{detail}.");
            body.Steps().Prose(StepFor(cause.Key.Reason));
            if (cause.Key.Reason == Stall.ChildrenMissing)
            {
                body.Line(stack.Lines.DeadLetters(Names.CommandsQueue));
                body.Line(stack.Lines.Redrive(Names.CommandsQueue));
                body.Line(stack.Lines.Cancel(run.Id.ToString()));
            }
        }

        body.Prose("It goes on trying. You get one more e-mail, when it moves again or has failed.");
        _sections.AppendAll(body, dossier);
        return Compose(
            $"{run.Id.Job} is stuck: it {WaitsFor(cause.Key.Reason)}",
            cause.AlertId,
            body);
    }

    private Alert ForRecovered(AlertCause cause, IReadOnlyList<RunDossier> samples)
    {
        var job = cause.Key.Job;
        var still = cause.Count - cause.Settled;
        var text = cause.Count == 1 && still <= 0
            ? $"{job} moves again."
            : Inv($"{Runs(cause)} of {job} were stuck: {cause.Recovered} move again.");
        var body = Begin(job, text).Section("WHAT IT WAS")
            .Prose(
                Inv(
                    $"It {WaitsFor(cause.Key.Reason)}, from {Time(cause.OpenedAt - Stall.Limit)} or before until {Time(cause.LastAt)}."));
        if (still > 0)
        {
            body.Prose(
                Inv(
                    $"{still} had not moved at {Time(cause.LastAt)}. They go on trying; nothing more is said of them until they fail."));
        }

        body.Steps().Prose(still > 0 ? "See what they wait for." : "Nothing.");
        RunSections.AppendSamples(body, cause, samples);
        return Compose(text, cause.AlertId + "/over", body);
    }

    private Alert ForStormEnd(AlertCause cause, IReadOnlyList<RunDossier> samples, DateTimeOffset asked)
    {
        var goesOn = GoesOn(cause);
        var body = Begin(
            cause.Key.Job,
            Inv(
                $"{Runs(cause)} of {cause.Key.Job} failed for one cause, from {Time(cause.OpenedAt)} to {Time(cause.LastAt)}."))
            .Prose(goesOn ? "It goes on. The next one is told as a new alert." : "No more came since.")
            .Section("WHAT HAPPENED").Prose(ReasonOf(cause, samples));
        _sections.AppendSteps(body, samples);
        RunSections.AppendSamples(body, cause, samples);
        _sections.AppendRestart(body, cause, samples, asked);
        return Compose(
            Inv(
                    $"{Runs(cause)} of {cause.Key.Job} failed; {(goesOn ? "a day of it" : "it is over")}: {ReasonOf(cause, samples)}"),
                cause.AlertId + "/over",
            body);
    }

    /// <param name="id">Of the e-mail: its cause, and what of it.</param>
    internal Alert Compose(string text, string id, AlertText body) => new(Subject(text, id), body.ToString())
    {
        Chat = body.ToChat($"{stack.Name}: {text}", id.Split('/')[0]),
    };

    /// <summary>
    /// A subject as SNS takes it. The tail identifies the e-mail: a second copy, sent after a crash between publishing
    /// and noting it, has the same one.
    /// </summary>
    private string Subject(string text, string id)
    {
        var tail = $" [{id}]";
        var ascii = new string([.. $"{stack.Name}: {text}".Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        var most = MaxSubject - tail.Length;
        return (ascii.Length <= most ? ascii : ascii[..(most - 3)] + "...") + tail;
    }

    private static string ReasonOf(AlertCause cause, IReadOnlyList<RunDossier> samples)
    {
        var first = samples.Count > 0 ? samples[0].Run : null;
        // A stuck run's verdict is of its last refusal, if it was refused at all.
        if (cause.Key.IsStuck && first is not { Refusals: > 0 }) return $"It {WaitsFor(cause.Key.Reason)}.";
        return first?.Verdict?.Sentence ?? cause.Key.Reason;
    }

    private static string Runs(AlertCause cause) => Inv($"{(cause.CountIsExact ? "" : "About ")}{cause.Count} runs");

    private static string Verb(AlertCause cause) => cause.Key switch
    {
        { IsSuccess: true } => "succeeded",
        { IsStuck: true } => "are stuck",
        _ => "failed",
    };

    /// <summary>A day of it is over, and it is not.</summary>
    private static bool GoesOn(AlertCause cause) =>
        cause.LastAt + AlertCause.Quiet > cause.OpenedAt + AlertCause.LongestLife;

    /// <summary>What it is about, and who answers for the job.</summary>
    private AlertText Begin(string job, string sentence)
    {
        var body = new AlertText().Prose(sentence);
        return catalog.Find(job)?.Owner is { } owner ? body.Line($"Owner: {owner}") : body;
    }

    private static string WaitsFor(string reason) => reason switch
    {
        Stall.NoAnswer => "waits for ECS to answer its RunTask",
        Stall.NotStarted => "waits for its task to start",
        Stall.NotStopped => "waits for its task to stop",
        Stall.ChildrenMissing => "waits for children that do not come",
        _ => $"waits for ECS to take its task ({reason})",
    };

    private static string StepFor(string reason) => reason switch
    {
        Stall.NoAnswer => "See whether ECS and the stack's network work; the log of OnTick says what it met.",
        Stall.ChildrenMissing =>
            "See whether the commands that submit them lie in the dead letters of Commands, and why. Move them back " +
            "when the cause is mended, and the run goes on by itself. A command that is gone cannot come: then " +
            "cancel the " +
            "run, and retry it.",
        Stall.NotStarted =>
            "Look at the task: its image may be large, or its registry, secrets or network out of reach.",
        _ => "Look at the task, and stop it by hand if it does not end.",
    };

    private static string Words(RunState state) => state switch
    {
        RunState.TimedOut => "timed out",
        RunState.Cancelled => "was cancelled",
        _ => "failed for good",
    };

    private static string Time(DateTimeOffset at) => Inv($"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
