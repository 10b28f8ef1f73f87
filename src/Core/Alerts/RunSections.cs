using System.Globalization;
using Jobs.Core.Backlog;
using Jobs.Core.Costs;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;

namespace Jobs.Core.Alerts;

/// <summary>The parts of an e-mail that tell of runs.</summary>
internal sealed class RunSections(StackInfo stack)
{
    /// <summary>By this exception a job says what is wrong in its own words: the place says nothing more.</summary>
    private const string ToldOnPurpose = "JobFailedException";

    /// <summary>Lines of a stack trace in an e-mail: the innermost calls. `show --json` has all of it.</summary>
    private const int MaxStackLines = 15;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Everything about one run, below what happened and what to do.</summary>
    public void AppendAll(AlertText body, RunDossier dossier)
    {
        AppendRun(body, dossier);
        AppendAttempts(body, dossier);
        AppendStack(body, dossier);
        AppendLog(body, dossier);
        AppendLinks(body, dossier.Run);
        if (dossier.Run.Trigger == BacklogWatch.Trigger)
        {
            AppendMessages(body, dossier.Run.Id.Job);
            return;
        }

        body.Section("TO START IT AGAIN").Line(stack.Lines.Retry(dossier.Run.Id.ToString()));
        if (dossier.Upload is { } upload)
        {
            body.Prose("Or upload the file again, or copy it onto itself:").Line(CopyCommand(upload));
        }
    }

    /// <summary>All about a run that succeeded but its result, which is for those who may read it.</summary>
    public void AppendSuccess(AlertText body, RunDossier dossier)
    {
        AppendRun(body, dossier);
        AppendAttempts(body, dossier);
        AppendLinks(body, dossier.Run);
        body.Section("ITS RESULT").Line(stack.Lines.Show(dossier.Run.Id.ToString()));
    }

    /// <summary>What to do about many runs: what the first would need.</summary>
    public void AppendSteps(AlertText body, IReadOnlyList<RunDossier> samples)
    {
        if (samples.Count == 0) return;
        if (samples[0].Run.Verdict is { } verdict) body.Steps().Prose(verdict.NextStep);
        AppendLinks(body, samples[0].Run);
    }

    public static void AppendSamples(AlertText body, AlertCause cause, IReadOnlyList<RunDossier> samples)
    {
        if (samples.Count == 0 || cause.Count == 1) return;
        body.Section(samples.Count < cause.Count ? "SOME OF THE RUNS" : "THE RUNS");
        foreach (var sample in samples)
        {
            body.Line(sample.Run.Id.ToString());
            if (sample.Upload is { } upload) body.Line($"   {upload}");
        }
    }

    /// <summary>One command for all of a storm, whatever started its runs.</summary>
    /// <param name="asked">When the first of those that are known was asked for.</param>
    public void AppendRestart(
        AlertText body, AlertCause cause, IReadOnlyList<RunDossier> samples, DateTimeOffset asked)
    {
        var job = cause.Key.Job;
        if (samples.Any(sample => sample.Run.Trigger == BacklogWatch.Trigger))
        {
            AppendMessages(body, job);
            return;
        }

        body.Section("TO START THEM AGAIN")
            .Prose($"When the cause is gone. It shows what failed of {job} in this time, and starts it with --yes:")
            .Line(stack.Lines.ReplayFailed(job, Floor(asked), Floor(cause.LastAt) + Minute));
        if (!cause.CountIsExact) body.Prose("If some were asked for before, begin earlier.");
    }

    private void AppendMessages(AlertText body, string job) => body.Section("WHAT BECOMES OF THE MESSAGES")
        .Prose("What a run had not done is in the queue again, or after too many tries among its dead letters. While " +
            "messages wait, the next run starts by itself, after failures later each time:")
        .Line(stack.Lines.DeadLetters(Names.Queue(job)));

    private static void AppendRun(AlertText body, RunDossier dossier)
    {
        var run = dossier.Run;
        body.Section("THE RUN").Line($"Id:      {run.Id}");
        body.Line($"Started: {Time(run.CreatedAt)}").Line($"By:      {run.Trigger}");
        if (run.EndedAt is { } ended) body.Line($"Ended:   {Time(ended)}");
        if (dossier.Upload is { } upload) body.Line($"Upload:  {upload}");
        if (run.EndedAt is { } end)
        {
            body.Line($"Cost:    {RunCost.Of(run, dossier.Attempts, FargatePrices.UsEast1, end)}");
        }
    }

    private static void AppendAttempts(AlertText body, RunDossier dossier)
    {
        if (dossier.Attempts.Count == 0) return;
        body.Section(string.Create(CultureInfo.InvariantCulture, $"ATTEMPTS ({dossier.Attempts.Count})"));
        foreach (var attempt in dossier.Attempts)
        {
            var took = attempt.EndedAt - attempt.StartedAt is { } time
                ? string.Create(CultureInfo.InvariantCulture, $", {time.TotalSeconds:0} s")
                : "";
            var code = attempt.ExitCode is { } exit
                ? string.Create(CultureInfo.InvariantCulture, $", exit code {exit}")
                : "";
            body.Line(
                string.Create(
                    CultureInfo.InvariantCulture, $"{attempt.Launch.Number}. {attempt.Verdict.Class}{code}{took}"));
            if (attempt.Size is { } size) body.Line($"   {SizeOf(size)}{(attempt.Spot ? " on Spot" : "")}");
            body.Prose(attempt.Verdict.Sentence, "   ");
        }
    }

    private static string SizeOf(TaskSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"{size.Cpu / 1024.0:0.##} vCPU, {size.MemoryMiB} MiB");

    private static void AppendStack(AlertText body, RunDossier dossier)
    {
        var error = dossier.Attempts.Count > 0 ? dossier.Attempts[^1].Error : dossier.Reading.CurrentWorker?.Error;
        if (error is not { Stack: { } stack } || error.Type.EndsWith(ToldOnPurpose, StringComparison.Ordinal)) return;
        // The calls alone: the message stands above.
        var calls = stack.Split('\n').Select(line => line.TrimEnd()).Where(line => line.StartsWith(' '));
        body.Section("STACK TRACE");
        foreach (var call in calls.Take(MaxStackLines)) body.Line(call);
    }

    private static void AppendLog(AlertText body, RunDossier dossier)
    {
        var lines = dossier.Reading.CurrentWorker?.LogTail is { Count: > 0 } tail
            ? tail
            : dossier.Attempts.Count > 0
            ? dossier.Attempts[^1].LogTail
            : [];
        if (lines.Count == 0) return;
        body.Section("LAST LOG LINES");
        foreach (var line in lines) body.Line(line);
    }

    private void AppendLinks(AlertText body, Run run)
    {
        if (run.TaskArn is not { } arn) return;
        var task = arn[(arn.LastIndexOf('/') + 1)..];
        var group = Names.LogGroup(stack.Name, run.Id.Job);
        var stream = Names.LogStream(task);
        body.Section("WHERE TO LOOK");
        body.Line(
            $"Task: https://{stack.Region}.console.aws.amazon.com/ecs/v2/clusters/{stack.Cluster}/tasks/{task}?region={stack.Region}");
        body.Line(
            $"Log:  https://{stack.Region}.console.aws.amazon.com/cloudwatch/home?region={stack.Region}#logsV2:log-groups/log-group/{Twice(group)}/log-events/{Twice(stream)}");
        body.Line($"Or:   aws logs tail {group} --log-stream-names {stream} --since 1d");
    }

    private static string CopyCommand(Upload upload)
    {
        var url = CommandLines.Quoted(upload.ToString());
        return $"aws s3 cp {url} {url} --metadata-directive REPLACE";
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => at.AddTicks(-(at.Ticks % Minute.Ticks));

    // The console's own escape of a part of its fragment: percent-encoded twice, with $ for the second percent sign.
    private static string Twice(string part) =>
        Uri.EscapeDataString(part).Replace("%", "$25", StringComparison.Ordinal);

    private static string Time(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
