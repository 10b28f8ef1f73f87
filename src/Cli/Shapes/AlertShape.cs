using Jobs.Core.Alerts;

namespace Jobs.Cli.Shapes;

/// <summary>A cause of alerts that is open.</summary>
/// <param name="Kind">failed or stuck.</param>
/// <param name="Runs">Runs it has met so far.</param>
internal sealed record AlertShape(
    string Job, string Kind, string Reason, int Runs, DateTimeOffset OpenedAt, DateTimeOffset LastAt)
{
    public static AlertShape Of(AlertCause cause) =>
        new(
            cause.Key.Job,
            cause.Key.IsStuck ? "stuck" : "failed",
            cause.Key.Reason,
            cause.Count,
            cause.OpenedAt,
            cause.LastAt);
}
