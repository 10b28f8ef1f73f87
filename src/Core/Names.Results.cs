using System.Globalization;
using Jobs.Core.Ids;

namespace Jobs.Core;

/// <content>Keys of results that are too large for an item.</content>
public static partial class Names
{
    /// <summary>
    /// Where results above 32 KB go: <c>_jobs/results/&lt;job&gt;/&lt;key&gt;/&lt;launch&gt;.json</c>.
    /// </summary>
    public const string ResultsPrefix = ReservedPrefix + "results/";

    /// <summary>Beginning of the keys of a job's large results.</summary>
    public static string ResultsOf(string job) => $"{ResultsPrefix}{job}/";

    /// <summary>
    /// Key of a launch's large result. Each launch has its own, so that a superseded task overwrites nothing.
    /// </summary>
    public static string LargeResult(LaunchId launch) =>
        ResultsOf(launch.Run.Job)
        + string.Create(CultureInfo.InvariantCulture, $"{launch.Run.Key}/{launch.Number}.json");
}
