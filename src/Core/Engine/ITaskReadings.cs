using Jobs.Core.Tasks;

namespace Jobs.Core.Engine;

/// <summary>What ECS says of tasks. Only the sweep asks: what happens is told by events.</summary>
public interface ITaskReadings
{
    /// <summary>What ECS says about each of the tasks, at most 100; one that it does not know is null.</summary>
    Task<IReadOnlyDictionary<string, TaskReading?>> DescribeAsync(
        IReadOnlyCollection<string> taskArns, CancellationToken cancellation);
}
