using System.Text.Json;

namespace Jobs.Core.Replays;

/// <summary>
/// A replay under way, or over: where it is, and how much it has done. Each write is conditioned on the version it
/// read.
/// </summary>
/// <param name="Id">The sender's key.</param>
/// <param name="SourceJson">As <see cref="ReplayJson"/> reads it.</param>
/// <param name="PerMinute">Runs started and messages sent a minute at most, 1 to <see cref="MaxPerMinute"/>. Of an
/// object that starts several jobs all start at once.</param>
/// <param name="Force">Also what has run already.</param>
public sealed record Replay(string Id, string SourceJson, int PerMinute, bool Force, DateTimeOffset CreatedAt)
{
    public const int DefaultPerMinute = 60;

    public const int MaxPerMinute = 6_000;

    public int Version { get; init; } = 1;

    /// <summary>Where the next page begins; null for the beginning.</summary>
    public string? Position { get; init; }

    public bool IsOver { get; init; }

    /// <summary>Not to be worked on before.</summary>
    public DateTimeOffset NextAt { get; init; } = CreatedAt;

    /// <summary>Runs started.</summary>
    public int Started { get; init; }

    /// <summary>
    /// Uploads sent to the queues of jobs, which handle them whether they had them or not. After a crash some were sent
    /// twice.
    /// </summary>
    public int Sent { get; init; }

    /// <summary>What came of it so far.</summary>
    public int Done => Started + Sent;

    /// <summary>What had run already. After a crash some that were just started count here.</summary>
    public int Skipped { get; init; }

    /// <summary>What could not be started, however often it was tried, and was left out.</summary>
    public int Failed { get; init; }

    /// <summary>Minutes in a row in which it came no further.</summary>
    public int Tries { get; init; }

    /// <summary>
    /// What went wrong last; of a replay that is over and could not be finished, why. Null when all is well.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>It was given up half-way: beginning it again goes on from there.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>It was cancelled and never goes on, although the command that began it may come once more.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>What the stored item has that this version does not know: it is written back as it was.</summary>
    public CarriedAttributes? Carried { get; init; }

    public ReplaySource Source
    {
        get
        {
            using var document = JsonDocument.Parse(SourceJson);
            return ReplayJson.Read(document.RootElement);
        }
    }
}
