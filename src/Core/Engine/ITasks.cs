using Jobs.Core.Ids;

namespace Jobs.Core.Engine;

/// <summary>ECS on Fargate, as far as runs need it.</summary>
public interface ITasks
{
    /// <summary>
    /// Sends RunTask. Sending the same launch again, with the same parameters, starts no second task.
    /// </summary>
    Task<LaunchAnswer> LaunchAsync(Launch launch, CancellationToken cancellation);

    /// <summary>Asks for a task to be stopped; one that is stopped or unknown already changes nothing.</summary>
    Task StopAsync(string taskArn, string reason, CancellationToken cancellation);

    /// <summary>
    /// Tasks started for a launch, running or stopped within the hour. Eventually consistent: none is not proof.
    /// </summary>
    Task<IReadOnlyList<string>> FindAsync(LaunchId launch, CancellationToken cancellation);
}
