using System.Globalization;
using Jobs.Core.Alerts;

namespace Jobs.Core.Replays;

/// <summary>The e-mail about a replay that was given up, or ended without some of what it was to start.</summary>
internal static class ReplayAlert
{
    private const int MaxId = 40;

    public static Alert Of(Replay replay, AlertWriter writer)
    {
        var what = replay.IsGivenUp
            ? $"Replay {replay.Id} was given up"
            : Inv($"Replay {replay.Id} could not start {replay.Failed} runs");
        var remedy = replay.IsGivenUp
            ? "Mend the cause; the log of OnTick says more. Then let it go on from where it is:"
            : "Mend the cause; the log of OnTick says more. Then begin it anew: what has run already is left out. " +
                "What it was:";
        var body = new AlertText().Prose($"{what}.")
            .Section("WHAT HAPPENED").Prose(Done(replay)).Prose($"The last error: {replay.Error}")
            .Steps().Prose(remedy).Line(writer.Lines.Replay(replay.Id));
        return writer.Compose($"{what}: {replay.Error}", Excerpt.Of(replay.Id, MaxId), body);
    }

    private static string Done(Replay replay) => Inv(
        $"It started {replay.Started} runs{Sent(replay)}; {replay.Skipped} had run already, and {replay.Failed} could not be started.");

    private static string Sent(Replay replay) =>
        replay.Sent == 0 ? "" : Inv($" and sent {replay.Sent} uploads to queues");

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
