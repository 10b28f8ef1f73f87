using Lapstack.Wire;

namespace Jobs.Bench.Cost;

/// <summary>Who of the stack called.</summary>
internal static class Callers
{
    public const string Worker = "worker";
    public const string Tick = "OnTick";

    private static readonly string[] Functions = ["OnUpload", "OnSchedule", "OnCommand", "OnTaskStopped", Tick];

    /// <returns>The function, or the worker; null for another caller, such as the laptop's owner.</returns>
    public static string? Of(ApiCall call) =>
        call.CallerArn.Contains("TaskRole", StringComparison.Ordinal)
            ? Worker
            : Functions.FirstOrDefault(name => call.CallerArn.Contains(name, StringComparison.Ordinal));
}
