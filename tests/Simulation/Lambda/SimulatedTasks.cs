using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>ECS as one process reaches it.</summary>
internal sealed class SimulatedTasks(Process process) : ITasks, ITaskReadings
{
    private readonly SimulatedWorld _world = process.World;

    public async Task<LaunchAnswer> LaunchAsync(Launch launch, CancellationToken cancellation)
    {
        try
        {
            return await process.CallAsync("RunTask", () => _world.Ecs.RunTask(launch), cancellation);
        }
        catch (SimulatedFailureException e)
        {
            return new LaunchAnswer.Unknown(e.Message);
        }
    }

    public Task StopAsync(string taskArn, string reason, CancellationToken cancellation) =>
        process.CallAsync("StopTask", () => _world.Ecs.StopTask(taskArn), cancellation);

    public Task<IReadOnlyDictionary<string, TaskReading?>> DescribeAsync(
        IReadOnlyCollection<string> taskArns, CancellationToken cancellation) =>
        process.CallAsync("DescribeTasks", () => _world.Ecs.Describe(taskArns), cancellation);

    public Task<IReadOnlyList<string>> FindAsync(LaunchId launch, CancellationToken cancellation) =>
        process.CallAsync("ListTasks", () => _world.Ecs.Find(launch), cancellation);
}
