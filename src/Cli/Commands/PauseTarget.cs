using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Pauses;

namespace Jobs.Cli.Commands;

/// <summary>What is paused or resumed.</summary>
/// <param name="Schedule">Null for the whole job.</param>
internal sealed record PauseTarget(string Job, string? Schedule)
{
    public static Argument<string> Argument() => new("job") { Description = "Name of the job." };

    public static Option<string?> Option() => new("--schedule", "-s")
    {
        Description = "Only this schedule of the job, by its name.",
        HelpName = "name",
    };

    /// <summary>Whether a pause is that of a schedule as it was typed; of the job for none.</summary>
    public static bool IsIt(Pause pause, string? typed) =>
        pause.Schedule == (typed is null ? null : NameOf(pause.Job, typed));

    /// <exception cref="CliException">The stack has no such job or schedule, or it cannot be paused.</exception>
    public static async Task<PauseTarget> ReadAsync(
        IStack stack, string name, string? typed, CancellationToken cancellation)
    {
        var catalog = await stack.CatalogAsync(cancellation);
        var job = catalog.Find(JobNames.Check(name, [.. catalog.Jobs.Select(job => job.Name)], stack.Place.Lines))!;
        if (PauseRules.WhyNot(job) is { } why) throw CliException.Usage(why);
        if (typed is null) return new PauseTarget(name, null);
        var (schedule, names) = (NameOf(name, typed), job.Schedules.Select(one => one.Name).ToList());
        return names.Contains(schedule) ? new PauseTarget(name, schedule) : throw CliException.Failed(
            $"Job '{name}' has no schedule '{schedule}'{Spelling.Suggestion(schedule, names)} " +
            $"It has: {(names.Count == 0 ? "none" : string.Join(", ", names))}.");
    }

    public override string ToString() => Pause.NameOf(Job, Schedule);

    /// <summary>A schedule's name may be typed with its job's before it, as it is shown.</summary>
    private static string NameOf(string job, string typed) =>
        typed.StartsWith($"{job}/", StringComparison.Ordinal) ? typed[(job.Length + 1)..] : typed;
}
