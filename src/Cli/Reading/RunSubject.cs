using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;

namespace Jobs.Cli.Reading;

/// <summary>
/// What a run is about, in a word: the upload's key, with its bucket where that is not the runner's; what the event
/// names, the planned time, the queue.
/// </summary>
internal static class RunSubject
{
    private const string Schedule = "schedule ";

    /// <summary>How the trigger of another bucket than the runner's begins.</summary>
    private const string OtherBucket = "upload s3://";

    /// <returns>Null for a run of which only its sender knows.</returns>
    public static string? Of(Run run) => run.Trigger switch
    {
        BacklogWatch.Trigger => Names.Queue(run.Id.Job),
        var trigger when trigger.StartsWith(EventIntake.Trigger, StringComparison.Ordinal) =>
            EventIntake.AboutOf(trigger),
        _ when Upload.TryParse(run.Input) is { } upload =>
            run.Trigger.StartsWith(OtherBucket, StringComparison.Ordinal) ? upload.ToString() : upload.Key,
        _ when run.Trigger.StartsWith(Schedule, StringComparison.Ordinal) => run.Trigger[Schedule.Length..],
        _ => null,
    };
}
