using System.Globalization;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Alerts;

/// <summary>
/// What is counted under a cause: a run that failed or is missing, or one stall, for a run may be stuck more than once.
/// </summary>
public sealed record AlertMember
{
    private AlertMember(RunId run, string name) => (Run, Name) = (run, name);

    public RunId Run { get; }

    /// <summary>
    /// Names it among those of its cause. It is short, as an item holds <see cref="AlertCause.MaxMembers"/> of them:
    /// the run's key, and for a stall <c>-ddHHmm</c>, when it began, in UTC. Stalls of a run begin at least
    /// <see cref="Stall.Limit"/> apart, and no cause is open for a month.
    /// </summary>
    public string Name { get; }

    public static AlertMember Of(RunId run) => new(run, run.Key);

    public static AlertMember Of(RunId run, Stall stall) =>
        new(run, run.Key + stall.Since.UtcDateTime.ToString("'-'ddHHmm", CultureInfo.InvariantCulture));

    /// <returns>Null when another version wrote the name, in a way that this one does not know.</returns>
    public static AlertMember? TryParse(string job, string name) =>
        RunId.TryParse($"{job}/{name.Split('-')[0]}", out var run) ? new(run, name) : null;

    public override string ToString() => $"{Run.Job}/{Name}";
}
