using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Children;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;

namespace Jobs.Tests.Simulation.Models;

/// <summary>What items weigh in DynamoDB, in bytes, about: names and values of their attributes.</summary>
internal static class ItemSizes
{
    /// <summary>A number with its keys.</summary>
    public const int Counter = 80;

    public const int Lease = 200;

    /// <summary>What the watch index has of a run.</summary>
    public const int Watched = 150;

    /// <summary>An item that names so many launches, each by its run's id and its number.</summary>
    public static int OfHolders(int holders) => 60 + (45 * holders);

    public static int Of(Run run) =>
        700 + (run.Input?.Length ?? 0) + (run.TaskArn?.Length ?? 0) + run.Trigger.Length + (40 * run.Owed.Length)
        + (run.Verdict is { } verdict ? 60 + verdict.Sentence.Length + verdict.NextStep.Length : 0);

    public static int Of(ChildRun child) => 120 + (child.Error?.Length ?? 0);

    public static int Of(ScheduleState state) => 200 + (20 * state.Skips.Length);

    public static int Of(Replay replay) =>
        250 + replay.SourceJson.Length + (replay.Position?.Length ?? 0) + (replay.Error?.Length ?? 0);

    public static int Of(DrainState state) => 120 + (16 * state.Alive.Length);

    public static int Of(AlertCause cause) =>
        300 + cause.Key.Reason.Length + (40 * (cause.Members.Count + cause.SettledMembers.Count));
}
