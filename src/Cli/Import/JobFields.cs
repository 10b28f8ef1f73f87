using Jobs.Core;

namespace Jobs.Cli.Import;

/// <summary>What only a Scheduled Job has: when it starts, how often it is tried, and how long it may take.</summary>
internal static class JobFields
{
    private const int MaxRetries = 19;
    private const int MaxTimeoutMinutes = 10_080;
    private const int MaxRunMinutes = 43_200;

    public static void Add(WorkloadCode code, string job, ManifestNode manifest)
    {
        AddTimeout(code.Definition, manifest.Find("timeout"));
        AddRetries(code.Definition, manifest.Find("retries"));
        AddSchedule(code.Definition, job, manifest);
    }

    private static void AddTimeout(Section definition, ManifestNode? timeout)
    {
        if (timeout is null)
        {
            definition.Set(
                "TimeoutMinutes", CSharp.Number(MaxTimeoutMinutes), "60",
                "The manifest has no timeout: a week is the longest here. Write what the job needs.");
            return;
        }

        var span = timeout.Span();
        if (span < TimeSpan.FromSeconds(1)) throw timeout.Fault("is a second or more", "Write it as timeout: 1h.");
        var minutes = Durations.MinutesUp(span);
        var rounded = span.TotalMinutes % 1 == 0 ? "" : $" {timeout.Shown} is rounded up to whole minutes.";
        var shortened = minutes > MaxTimeoutMinutes
            ? $" An attempt ends after a week at most, a run after 30 days: {timeout.Shown} is longer."
            : "";
        definition.Set("TimeoutMinutes", CSharp.Number(Math.Min(minutes, MaxTimeoutMinutes)), "60");
        definition.Set(
            "RunTimeoutMinutes", CSharp.Number(Math.Min(minutes, MaxRunMinutes)), "null",
            $"Copilot's timeout counts all tries together.{rounded}{shortened}");
    }

    private static void AddRetries(Section definition, ManifestNode? node)
    {
        var retries = node?.Number() ?? 0;
        var remark = retries switch
        {
            0 => "The manifest has no retries: one attempt. 3 is the default here.",
            > MaxRetries => $"A run has 20 attempts at most: retries: {retries} is more.",
            _ => "The first try and its retries. Copilot, too, repeats no timeout, and waits 10 seconds.",
        };
        var attempts = Math.Min(retries, MaxRetries) + 1;
        definition.Set(
            "Retry",
            CSharp.Short(
                "new RetryPolicy", ("Attempts", CSharp.Number(attempts)), ("BackoffSeconds", "10")),
            "new RetryPolicy()",
            remark);
    }

    private static void AddSchedule(Section definition, string job, ManifestNode manifest)
    {
        if (manifest.Find("on", "schedule") is not { } schedule)
        {
            throw (manifest["on"] ?? manifest).Fault("has a schedule", "Write on.schedule as \"@daily\", or as none.");
        }

        var text = schedule.Text();
        if (text == CopilotSchedule.None)
        {
            definition.Set(
                "Schedules", "[]", "[]",
                $"schedule: none. It is started by hand: {CommandLines.WithoutStack.Submit(job)}");
            return;
        }

        try
        {
            var trigger = $"new ScheduleTrigger(\"schedule\", {CSharp.Text(CopilotSchedule.ToAws(text))})";
            definition.Set(
                "Schedules",
                $"[{CSharp.Short(trigger, ("Overlap", "OverlapPolicy.Allow"))}]",
                "[]",
                $"From {text}, in UTC. Copilot starts a run though the one before is not over; Skip is the default " +
                "here.");
        }
        catch (FormatException e)
        {
            throw schedule.Fault(
                $"is not a schedule: {e.Message}", "Write it as \"@daily\", \"@every 2h\" or \"0 2 * * *\".");
        }
    }
}
