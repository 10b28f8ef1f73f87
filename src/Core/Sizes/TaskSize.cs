using System.Globalization;

namespace Jobs.Core.Sizes;

/// <summary>What Fargate gives a task.</summary>
/// <param name="Cpu">CPU units, 1,024 to the vCPU.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
public readonly record struct TaskSize(int Cpu, int MemoryMiB)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It did not write this.</exception>
    public static TaskSize Parse(string text) =>
        text.Split('/') is [var cpu, var memory]
            ? new(int.Parse(cpu, CultureInfo.InvariantCulture), int.Parse(memory, CultureInfo.InvariantCulture))
            : throw new FormatException(
                $"'{text}' is not a task's size. It is written as <CPU units>/<MiB>, such as 256/512.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cpu}/{MemoryMiB}");
}
