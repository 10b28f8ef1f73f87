using System.Globalization;
using System.Text;
using Jobs.Core.Runs;

namespace Jobs.Core.Alerts;

/// <summary>
/// Writes the e-mail about a run that needs somebody: what happened, what to do, each attempt, the last log lines, where to look.
/// Short lines: it is read on a phone.
/// </summary>
public sealed class AlertWriter(StackInfo stack)
{
    private const int MaxSubject = 99;

    public Alert ForEndedRun(RunReading reading, Upload? upload, IReadOnlyList<Attempt> attempts)
    {
        var run = reading.Run;
        var body = new StringBuilder();
        body.AppendLine(CultureInfo.InvariantCulture, $"{run.Id.Job} {Words(run.State)}.").AppendLine();
        if (run.Verdict is { } verdict)
        {
            body.AppendLine("WHAT HAPPENED").AppendLine(verdict.Sentence).AppendLine();
            body.AppendLine("WHAT TO DO").AppendLine(verdict.NextStep).AppendLine();
        }

        AppendRun(body, run, upload);
        AppendAttempts(body, attempts);
        AppendLog(body, reading.CurrentWorker?.LogTail is { Count: > 0 } tail ? tail : attempts.Count > 0 ? attempts[^1].LogTail : []);
        AppendLinks(body, run);
        if (upload is not null) AppendRestart(body, upload);
        return new Alert(Subject(run), body.ToString());
    }

    private static void AppendRun(StringBuilder body, Run run, Upload? upload)
    {
        body.AppendLine("THE RUN").AppendLine(CultureInfo.InvariantCulture, $"Id:      {run.Id}");
        body.AppendLine(CultureInfo.InvariantCulture, $"Started: {run.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC by {run.Trigger}");
        if (run.EndedAt is { } ended) body.AppendLine(CultureInfo.InvariantCulture, $"Ended:   {ended:yyyy-MM-dd HH:mm:ss} UTC");
        if (upload is not null) body.AppendLine(CultureInfo.InvariantCulture, $"Upload:  {upload}");
        body.AppendLine();
    }

    private static void AppendAttempts(StringBuilder body, IReadOnlyList<Attempt> attempts)
    {
        if (attempts.Count == 0) return;
        body.AppendLine(CultureInfo.InvariantCulture, $"ATTEMPTS ({attempts.Count})");
        foreach (var attempt in attempts)
        {
            var took = attempt.EndedAt - attempt.StartedAt is { } time ? string.Create(CultureInfo.InvariantCulture, $", {time.TotalSeconds:0} s") : "";
            var code = attempt.ExitCode is { } exit ? string.Create(CultureInfo.InvariantCulture, $", exit code {exit}") : "";
            body.AppendLine(CultureInfo.InvariantCulture, $"{attempt.Launch.Number}. {attempt.Verdict.Class}{code}{took}");
            body.AppendLine(CultureInfo.InvariantCulture, $"   {attempt.Verdict.Sentence}");
        }

        body.AppendLine();
    }

    private static void AppendLog(StringBuilder body, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        body.AppendLine("LAST LOG LINES");
        foreach (var line in lines) body.AppendLine(line);
        body.AppendLine();
    }

    private void AppendLinks(StringBuilder body, Run run)
    {
        if (run.TaskArn is not { } arn) return;
        var task = arn[(arn.LastIndexOf('/') + 1)..];
        body.AppendLine("WHERE TO LOOK");
        body.AppendLine(CultureInfo.InvariantCulture, $"Task: https://{stack.Region}.console.aws.amazon.com/ecs/v2/clusters/{stack.Cluster}/tasks/{task}?region={stack.Region}");
        body.AppendLine(CultureInfo.InvariantCulture, $"Logs: aws logs tail {Names.LogGroup(stack.Name, run.Id.Job)} --log-stream-names {Names.LogStream(task)} --since 1d");
    }

    private static void AppendRestart(StringBuilder body, Upload upload)
    {
        var url = $"'{upload.ToString().Replace("'", "'\\''", StringComparison.Ordinal)}'";
        body.AppendLine().AppendLine("TO START IT AGAIN").AppendLine("Upload the file again, or copy it onto itself:");
        body.AppendLine(CultureInfo.InvariantCulture, $"aws s3 cp {url} {url} --metadata-directive REPLACE");
    }

    private string Subject(Run run)
    {
        // The tail identifies the alert: a second copy, sent after a crash between publishing and noting it, has the same one.
        var tail = $" [{run.Id.Key[..8]}]";
        var text = $"{stack.Name}: {run.Id.Job} {Words(run.State)}: {run.Verdict?.Sentence}";
        var ascii = new string([.. text.Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        var room = MaxSubject - tail.Length;
        return (ascii.Length <= room ? ascii : ascii[..(room - 3)] + "...") + tail;
    }

    private static string Words(RunState state) => state switch
    {
        RunState.TimedOut => "timed out",
        RunState.Cancelled => "was cancelled",
        _ => "failed for good",
    };
}
