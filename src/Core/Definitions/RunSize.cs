using Jobs.Core.Sizes;

namespace Jobs.Core.Definitions;

/// <summary>
/// A size that is asked for with a run, up to the largest that Fargate has; what is left out is the job's.
/// </summary>
public static class RunSize
{
    /// <param name="cpu">CPU units; null for the job's.</param>
    /// <param name="memoryMiB">Null for the job's.</param>
    /// <param name="whyNot">Why Fargate has no such size, with what it has; null when it has it.</param>
    /// <returns>The size; null for the job's, or when Fargate has none.</returns>
    public static TaskSize? Of(JobDefinition job, int? cpu, int? memoryMiB, out string? whyNot)
    {
        whyNot = null;
        if (cpu is null && memoryMiB is null) return null;
        var size = new TaskSize(cpu ?? job.Cpu, memoryMiB ?? job.MemoryMiB);
        if (FargateSizes.Contains(size.Cpu, size.MemoryMiB)) return size;
        var memories = FargateSizes.MemoriesFor(size.Cpu);
        whyNot = memories.Count == 0
            ? $"Fargate has no {size.Cpu} CPU units. Use one of {string.Join(", ", FargateSizes.Cpus)}."
            : $"Fargate has no {size.MemoryMiB} MiB with {size.Cpu} CPU units. It has {memories[0]} to " +
                $"{memories[^1]} MiB with them, in steps.";
        return null;
    }
}
