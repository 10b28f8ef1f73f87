namespace Jobs.Core.Sizes;

/// <summary>
/// The CPU and memory pairs that Fargate runs.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
/// </summary>
public static class FargateSizes
{
    private static readonly SortedDictionary<int, int[]> Sizes = new()
    {
        [256] = [512, 1_024, 2_048],
        [512] = Steps(1_024, 4_096, 1_024),
        [1_024] = Steps(2_048, 8_192, 1_024),
        [2_048] = Steps(4_096, 16_384, 1_024),
        [4_096] = Steps(8_192, 30_720, 1_024),
        [8_192] = Steps(16_384, 61_440, 4_096),
        [16_384] = Steps(32_768, 122_880, 8_192),
    };

    /// <summary>CPU units that exist, ascending.</summary>
    public static IReadOnlyCollection<int> Cpus => Sizes.Keys;

    /// <summary>
    /// Memory in MiB that goes with these CPU units, ascending; empty when there are no such CPU units.
    /// </summary>
    public static IReadOnlyList<int> MemoriesFor(int cpu) => Sizes.TryGetValue(cpu, out var memories) ? memories : [];

    public static bool Contains(int cpu, int memoryMiB) => MemoriesFor(cpu).Contains(memoryMiB);

    /// <summary>
    /// The smallest size with more memory: with the same CPU units if there is one, else with the next that allow it.
    /// Null when it would have more than <paramref name="maxMemoryMiB"/>, or Fargate has none.
    /// </summary>
    public static TaskSize? Bigger(TaskSize size, int maxMemoryMiB)
    {
        foreach (var cpu in Cpus.Where(cpu => cpu >= size.Cpu))
        {
            var memory = MemoriesFor(cpu).FirstOrDefault(memory => memory > size.MemoryMiB);
            if (memory > 0) return memory <= maxMemoryMiB ? new TaskSize(cpu, memory) : null;
        }

        return null;
    }

    private static int[] Steps(int from, int to, int step) =>
        [.. Enumerable.Range(0, ((to - from) / step) + 1).Select(i => from + (i * step))];
}
