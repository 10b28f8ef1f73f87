using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Aws.Runs;

/// <summary>How a run's policy lies on its control item: short names, and nothing that a job need not declare, for the item stays near 1 KB.</summary>
internal static class PolicyMaps
{
    private const char ClassMark = 'c';
    private const char ExitCodeMark = 'x';
    private const char ErrorTypeMark = 'e';

    public static Dictionary<string, AttributeValue> Write(RunPolicy policy)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["cpu"] = Items.Number(policy.Cpu),
            ["memory"] = Items.Number(policy.MemoryMiB),
            ["timeout"] = Items.Number(policy.TimeoutMinutes),
            ["stop"] = Items.Number(policy.StopTimeoutSeconds),
            ["attempts"] = Items.Number(policy.Attempts),
            ["backoff"] = Items.Number(policy.BackoffSeconds),
            ["maxBackoff"] = Items.Number(policy.MaxBackoffSeconds),
            ["host"] = new() { BOOL = policy.HasHost },
        };
        if (policy.Spot) map["spot"] = new AttributeValue { BOOL = true };
        if (policy.MaxMemoryMiB is { } maxMemory) map["maxMemory"] = Items.Number(maxMemory);
        if (policy.RunTimeoutMinutes is { } runTimeout) map["runTimeout"] = Items.Number(runTimeout);
        if (policy.Architecture != Architecture.X64) map["arch"] = Items.Text(policy.Architecture.ToString());
        if (policy.EphemeralStorageGiB is { } storage) map["disk"] = Items.Number(storage);
        if (policy.NonRetryable is { } never) map["never"] = Write(never);
        if (policy.Retryable is { } again) map["again"] = Write(again);
        return map;
    }

    public static RunPolicy Read(Dictionary<string, AttributeValue> map) => new()
    {
        Cpu = IntegerOf(map, "cpu") ?? 0,
        MemoryMiB = IntegerOf(map, "memory") ?? 0,
        TimeoutMinutes = IntegerOf(map, "timeout") ?? 0,
        StopTimeoutSeconds = IntegerOf(map, "stop") ?? 0,
        Attempts = IntegerOf(map, "attempts") ?? 0,
        BackoffSeconds = IntegerOf(map, "backoff") ?? 0,
        MaxBackoffSeconds = IntegerOf(map, "maxBackoff") ?? 0,
        HasHost = map.GetValueOrDefault("host")?.BOOL ?? true,
        Spot = map.GetValueOrDefault("spot")?.BOOL ?? false,
        MaxMemoryMiB = IntegerOf(map, "maxMemory"),
        RunTimeoutMinutes = IntegerOf(map, "runTimeout"),
        Architecture = Enum.TryParse<Architecture>(Items.TextOf(map, "arch"), out var architecture) ? architecture : Architecture.X64,
        EphemeralStorageGiB = IntegerOf(map, "disk"),
        NonRetryable = ReadMatch(map, "never"),
        Retryable = ReadMatch(map, "again"),
    };

    private static AttributeValue Write(RetryMatch match) => new()
    {
        L =
        [
            .. match.Classes.Select(verdict => Items.Text($"{ClassMark}{verdict}")),
            .. match.ExitCodes.Select(code => Items.Text(string.Create(CultureInfo.InvariantCulture, $"{ExitCodeMark}{code}"))),
            .. match.ErrorTypes.Select(type => Items.Text($"{ErrorTypeMark}{type}")),
        ],
        IsLSet = true,
    };

    private static RetryMatch? ReadMatch(Dictionary<string, AttributeValue> map, string name)
    {
        if (map.GetValueOrDefault(name)?.L is not { } entries) return null;
        var marked = entries.ToLookup(entry => entry.S[0], entry => entry.S[1..]);
        return new RetryMatch
        {
            Classes = [.. marked[ClassMark].Select(name => Enum.TryParse<VerdictClass>(name, out var known) ? known : VerdictClass.Unknown)],
            ExitCodes = [.. marked[ExitCodeMark].Select(code => int.Parse(code, CultureInfo.InvariantCulture))],
            ErrorTypes = [.. marked[ErrorTypeMark]],
        };
    }

    private static int? IntegerOf(Dictionary<string, AttributeValue> map, string name) => (int?)Items.NumberOf(map, name);
}
