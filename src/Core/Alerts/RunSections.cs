using System.Globalization;
using Jobs.Core.Backlog;
using Jobs.Core.Costs;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;

namespace Jobs.Core.Alerts;

/// <summary>The parts of an e-mail that tell of runs.</summary>
internal sealed class RunSections(StackInfo stack)
{
    /// <summary>Everything about one run, below what happened and what to do.</summary>
    public void AppendAll(AlertText body, RunDossier dossier)
    {
        AppendRun(body, dossier);
        AppendAttempts(body, dossier);
        AppendLog(body, dossier);
        AppendLinks(body, dossier.Run);
        if (dossier.Run.Trigger == BacklogWatch.Trigger)
        {
            body.Section("WHAT BECOMES OF THE MESSAGES").Prose("What the run had not done is in the queue again, or after too many tries among its dead letters. While messages wait, the next run starts by itself, after failures later each time:")
                .Line($"dotnet jobs dead-letters --stack {stack.Name}");
            return;
        }

        body.Section("TO START IT AGAIN").Line($"dotnet jobs retry {dossier.Run.Id} --stack {stack.Name}");
        if (dossier.Upload is { } upload) body.Prose("Or upload the file again, or copy it onto itself:").Line(CopyCommand(upload));
    }

    /// <summary>What to do about many runs: what the first would need.</summary>
    public void AppendSteps(AlertText body, IReadOnlyList<RunDossier> samples)
    {
        if (samples.Count == 0) return;
        if (samples[0].Run.Verdict is { } verdict) body.Section("WHAT TO DO").Prose(verdict.NextStep);
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

    public static void AppendRestarts(AlertText body, AlertCause cause, IReadOnlyList<RunDossier> samples)
    {
        var uploads = samples.Select(sample => sample.Upload).OfType<Upload>().ToList();
        if (uploads.Count == 0) return;
        body.Section("TO START THEM AGAIN").Prose("When the cause is gone, upload the files again, or copy each onto itself:");
        foreach (var upload in uploads) body.Line(CopyCommand(upload));
        if (uploads.Count < cause.Count) body.Prose("The operations guide has the command that lists the others.");
    }

    private static void AppendRun(AlertText body, RunDossier dossier)
    {
        var run = dossier.Run;
        body.Section("THE RUN").Line($"Id:      {run.Id}");
        body.Line($"Started: {Time(run.CreatedAt)}").Line($"By:      {run.Trigger}");
        if (run.EndedAt is { } ended) body.Line($"Ended:   {Time(ended)}");
        if (dossier.Upload is { } upload) body.Line($"Upload:  {upload}");
        if (run.EndedAt is { } end) body.Line($"Cost:    {RunCost.Of(run, dossier.Attempts, FargatePrices.UsEast1, end)}");
    }

    private static void AppendAttempts(AlertText body, RunDossier dossier)
    {
        if (dossier.Attempts.Count == 0) return;
        body.Section(string.Create(CultureInfo.InvariantCulture, $"ATTEMPTS ({dossier.Attempts.Count})"));
        foreach (var attempt in dossier.Attempts)
        {
            var took = attempt.EndedAt - attempt.StartedAt is { } time ? string.Create(CultureInfo.InvariantCulture, $", {time.TotalSeconds:0} s") : "";
            var code = attempt.ExitCode is { } exit ? string.Create(CultureInfo.InvariantCulture, $", exit code {exit}") : "";
            body.Line(string.Create(CultureInfo.InvariantCulture, $"{attempt.Launch.Number}. {attempt.Verdict.Class}{code}{took}"));
            if (attempt.Size is { } size) body.Line($"   {SizeOf(size)}{(attempt.Spot ? " on Spot" : "")}");
            body.Prose(attempt.Verdict.Sentence, "   ");
        }
    }

    private static string SizeOf(TaskSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"{size.Cpu / 1024.0:0.##} vCPU, {size.MemoryMiB} MiB");

    private static void AppendLog(AlertText body, RunDossier dossier)
    {
        var lines = dossier.Reading.CurrentWorker?.LogTail is { Count: > 0 } tail ? tail : dossier.Attempts.Count > 0 ? dossier.Attempts[^1].LogTail : [];
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
        body.Line($"Task: https://{stack.Region}.console.aws.amazon.com/ecs/v2/clusters/{stack.Cluster}/tasks/{task}?region={stack.Region}");
        body.Line($"Log:  https://{stack.Region}.console.aws.amazon.com/cloudwatch/home?region={stack.Region}#logsV2:log-groups/log-group/{Twice(group)}/log-events/{Twice(stream)}");
        body.Line($"Or:   aws logs tail {group} --log-stream-names {stream} --since 1d");
    }

    private static string CopyCommand(Upload upload)
    {
        var url = $"'{upload.ToString().Replace("'", "'\\''", StringComparison.Ordinal)}'";
        return $"aws s3 cp {url} {url} --metadata-directive REPLACE";
    }

    // The console's own escape of a part of its fragment: percent-encoded twice, with $ for the second percent sign.
    private static string Twice(string part) => Uri.EscapeDataString(part).Replace("%", "$25", StringComparison.Ordinal);

    private static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
