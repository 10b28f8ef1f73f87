namespace Lapstack.Services.Ecs.Definitions;

/// <summary>
/// The pairs of CPU units and MiB that Fargate has.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
/// </summary>
internal static class FargateSizes
{
    public const int LeastStorageGiB = 21, MostStorageGiB = 200, IncludedStorageGiB = 20;

    public static bool Exists(int cpu, int memoryMiB) => cpu switch
    {
        256 => memoryMiB is 512 or 1024 or 2048,
        512 => In(memoryMiB, 1024, 4096, 1024),
        1024 => In(memoryMiB, 2048, 8192, 1024),
        2048 => In(memoryMiB, 4096, 16384, 1024),
        4096 => In(memoryMiB, 8192, 30720, 1024),
        8192 => In(memoryMiB, 16384, 61440, 4096),
        16384 => In(memoryMiB, 32768, 122880, 8192),
        _ => false,
    };

    private static bool In(int value, int least, int most, int step) =>
        value >= least && value <= most && value % step == 0;
}
