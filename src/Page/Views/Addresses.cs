using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Page.Views;

/// <summary>Where things are on the page.</summary>
internal static class Addresses
{
    public static string Of(RunId run) => $"/runs/{Uri.EscapeDataString(run.Job)}/{run.Key}";

    public static string OfJob(string job) => $"/jobs/{Uri.EscapeDataString(job)}";

    public static string OfQueue(string queue) => $"/queues/{Uri.EscapeDataString(queue)}";

    /// <param name="state">As the command line takes it; null for all.</param>
    public static string Runs(string? job = null, string? state = null) =>
        $"/runs?job={Uri.EscapeDataString(job ?? "")}&state={Uri.EscapeDataString(state ?? "")}";

    /// <summary>The runs that uploads of a key started.</summary>
    public static string RunsOfKey(string key) => $"/runs?in=key&text={Uri.EscapeDataString(key)}";

    /// <summary>Of a run that is repeated, asked for its end, or interrupted.</summary>
    public static string Move(Run run, string move) => $"{Of(run.Id)}/{move}";
}
