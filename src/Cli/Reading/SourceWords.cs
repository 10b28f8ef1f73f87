using System.Globalization;
using Jobs.Core;
using Jobs.Core.Replays;

namespace Jobs.Cli.Reading;

/// <summary>What a replay is of, as people say it.</summary>
internal static class SourceWords
{
    public static string Of(ReplaySource source) => source switch
    {
        ReplaySource.Prefix { Bucket: { } bucket } prefix => $"objects of {bucket} under {prefix.Value}",
        ReplaySource.Prefix prefix => $"objects under {prefix.Value}",
        ReplaySource.Window window => $"times of schedule {window.Key} {Span(window.From, window.To)}",
        ReplaySource.Failed { Job: { } job } failed => $"failed runs of {job} {Span(failed.From, failed.To)}",
        ReplaySource.Failed failed => $"failed runs {Span(failed.From, failed.To)}",
        _ => throw new InvalidOperationException($"There are no words for {source}."),
    };

    /// <summary>Of a stored one: as it is stored, when a newer version of the program wrote it.</summary>
    public static string Of(Replay replay)
    {
        try
        {
            return Of(replay.Source);
        }
        catch (RejectedMessageException)
        {
            return replay.SourceJson;
        }
    }

    /// <summary>Of a dead-letter queue's messages.</summary>
    public static string OfDeadLetters(string queue) => $"dead letters of {queue}";

    private static string Span(DateTimeOffset from, DateTimeOffset to) => $"from {Text(from)} to {Text(to)}";

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
