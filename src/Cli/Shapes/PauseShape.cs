using Jobs.Core.Pauses;

namespace Jobs.Cli.Shapes;

/// <summary>A pause that lasts.</summary>
/// <param name="Schedule">Null for the whole job.</param>
/// <param name="By">Who paused; null when that is not known.</param>
/// <param name="Until">When it ends by itself; null for never.</param>
internal sealed record PauseShape(
    string Job, string? Schedule, string? By, string Reason, DateTimeOffset From, DateTimeOffset? Until)
{
    public static PauseShape? Of(Pause? pause) => pause is null
        ? null
        : new(pause.Job, pause.Schedule, pause.By, pause.Reason, pause.From, pause.Until);
}
