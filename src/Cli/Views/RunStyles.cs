using Jobs.Core.Ids;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Views;

/// <summary>How runs look.</summary>
internal static class RunStyles
{
    /// <summary>
    /// Characters of a run's key that people need: a thousand million million keys begin differently.
    /// </summary>
    private const int ShortKey = 8;

    public static string Of(RunState state) => state switch
    {
        RunState.Succeeded => "green",
        RunState.Failed or RunState.TimedOut => "red",
        RunState.Cancelled or RunState.Skipped => "grey",
        RunState.Running => "cyan",
        RunState.Stopping => "yellow",
        _ => "blue",
    };

    /// <summary>On a screen the beginning of the id, which every command takes; elsewhere the whole.</summary>
    public static string Id(RunId id, bool isScreen) => isScreen ? $"{id.Job}/{id.Key[..ShortKey]}" : id.ToString();
}
