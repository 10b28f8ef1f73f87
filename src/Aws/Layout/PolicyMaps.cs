using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Aws.Layout;

/// <summary>
/// How a run's policy lies on its control item: short names, and nothing that is as <see cref="Common"/> has it, for
/// the item stays under 1 KB.
/// </summary>
internal static class PolicyMaps
{
    private const char ClassMark = 'c';
    private const char ExitCodeMark = 'x';
    private const char ErrorTypeMark = 'e';

    /// <summary>
    /// What an item of format 1 means by leaving a value out. The same for ever, whatever the defaults of a job become:
    /// items that lie in tables were written by it.
    /// </summary>
    private static readonly RunPolicy Common = new()
    {
        Cpu = 256,
        MemoryMiB = 512,
        TimeoutMinutes = 60,
        StopTimeoutSeconds = 120,
        Attempts = 3,
        BackoffSeconds = 15,
        MaxBackoffSeconds = 3_600,
    };

    public static Dictionary<string, AttributeValue> Write(RunPolicy policy)
    {
        var map = new Dictionary<string, AttributeValue>();
        Put(map, "cpu", policy.Cpu, Common.Cpu);
        Put(map, "memory", policy.MemoryMiB, Common.MemoryMiB);
        Put(map, "timeout", policy.TimeoutMinutes, Common.TimeoutMinutes);
        Put(map, "stop", policy.StopTimeoutSeconds, Common.StopTimeoutSeconds);
        Put(map, "attempts", policy.Attempts, Common.Attempts);
        Put(map, "backoff", policy.BackoffSeconds, Common.BackoffSeconds);
        Put(map, "maxBackoff", policy.MaxBackoffSeconds, Common.MaxBackoffSeconds);
        if (!policy.HasHost) map["host"] = new AttributeValue { BOOL = false };
        if (policy.HasOwnSize) map["ownSize"] = new AttributeValue { BOOL = true };
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
        Cpu = IntegerOf(map, "cpu") ?? Common.Cpu,
        MemoryMiB = IntegerOf(map, "memory") ?? Common.MemoryMiB,
        TimeoutMinutes = IntegerOf(map, "timeout") ?? Common.TimeoutMinutes,
        StopTimeoutSeconds = IntegerOf(map, "stop") ?? Common.StopTimeoutSeconds,
        Attempts = IntegerOf(map, "attempts") ?? Common.Attempts,
        BackoffSeconds = IntegerOf(map, "backoff") ?? Common.BackoffSeconds,
        MaxBackoffSeconds = IntegerOf(map, "maxBackoff") ?? Common.MaxBackoffSeconds,
        HasHost = map.GetValueOrDefault("host")?.BOOL ?? true,
        HasOwnSize = map.GetValueOrDefault("ownSize")?.BOOL ?? false,
        Spot = map.GetValueOrDefault("spot")?.BOOL ?? false,
        MaxMemoryMiB = IntegerOf(map, "maxMemory"),
        RunTimeoutMinutes = IntegerOf(map, "runTimeout"),
        Architecture = Enum.TryParse<Architecture>(Items.TextOf(map, "arch"), out var architecture)
            ? architecture
            : Architecture.X64,
        EphemeralStorageGiB = IntegerOf(map, "disk"),
        NonRetryable = ReadMatch(map, "never"),
        Retryable = ReadMatch(map, "again"),
    };

    private static void Put(Dictionary<string, AttributeValue> map, string name, int value, int common)
    {
        if (value != common) map[name] = Items.Number(value);
    }

    private static AttributeValue Write(RetryMatch match) => new()
    {
        L =
        [
            .. match.Classes.Select(verdict => Items.Text($"{ClassMark}{verdict}")),
            .. match.ExitCodes.Select(
                code => Items.Text(string.Create(CultureInfo.InvariantCulture, $"{ExitCodeMark}{code}"))),
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
            Classes = [.. marked[ClassMark].Select(name =>
                Enum.TryParse<VerdictClass>(name, out var known) ? known : VerdictClass.Unknown)],
            ExitCodes = [.. marked[ExitCodeMark].Select(code => int.Parse(code, CultureInfo.InvariantCulture))],
            ErrorTypes = [.. marked[ErrorTypeMark]],
        };
    }

    private static int? IntegerOf(Dictionary<string, AttributeValue> map, string name) =>
        (int?)Items.NumberOf(map, name);
}
