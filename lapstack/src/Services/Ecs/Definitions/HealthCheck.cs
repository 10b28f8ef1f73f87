using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>
/// How ECS finds out whether a container is well.
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
/// </summary>
/// <param name="Command">What is run in the container; exit code 0 is well.</param>
/// <param name="Interval">5 to 300 seconds, default 30.</param>
/// <param name="Timeout">2 to 120 seconds, default 5.</param>
/// <param name="Retries">After how many failures in a row it is unwell: 1 to 10, default 3.</param>
/// <param name="StartPeriod">How long failures do not count: 0 to 300 seconds, default none.</param>
internal sealed record HealthCheck(
    IReadOnlyList<string> Command, TimeSpan Interval, TimeSpan Timeout, int Retries, TimeSpan StartPeriod)
{
    /// <summary>Null when there is none, or when it says NONE.</summary>
    public static HealthCheck? Read(JsonObject json)
    {
        if (Program(json.Texts("command") ?? []) is not { Count: > 0 } command) return null;
        return new HealthCheck(
            command,
            Seconds(json, "interval", 30),
            Seconds(json, "timeout", 5),
            json.Number("retries") ?? 3,
            Seconds(json, "startPeriod", 0));
    }

    /// <summary>What ECS does not take.</summary>
    public string? Fault() => this switch
    {
        { Interval.TotalSeconds: < 5 or > 300 } => Range("interval", Interval, "5 to 300 seconds"),
        { Timeout.TotalSeconds: < 2 or > 120 } => Range("timeout", Timeout, "2 to 120 seconds"),
        { StartPeriod.TotalSeconds: < 0 or > 300 } => Range("startPeriod", StartPeriod, "0 to 300 seconds"),
        { Retries: < 1 or > 10 } => $"retries is {Retries}; ECS takes 1 to 10",
        _ => null,
    };

    private static IReadOnlyList<string> Program(IReadOnlyList<string> command) => command switch
    {
        ["CMD", ..] => [.. command.Skip(1)],
        ["CMD-SHELL", ..] => ["/bin/sh", "-c", string.Join(' ', command.Skip(1))],
        [] or ["NONE"] => [],
        // As Docker takes it, and so ECS.
        [var script] => ["/bin/sh", "-c", script],
        _ => command,
    };

    private static TimeSpan Seconds(JsonObject json, string name, int otherwise) =>
        TimeSpan.FromSeconds(json.Number(name) ?? otherwise);

    private static string Range(string name, TimeSpan value, string range) =>
        $"{name} is {value.TotalSeconds} seconds; ECS takes {range}";
}
