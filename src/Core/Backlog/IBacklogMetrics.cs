namespace Jobs.Core.Backlog;

/// <summary>The metric that the scaling of services follows.</summary>
public interface IBacklogMetrics
{
    /// <param name="job">A job with a service.</param>
    /// <param name="backlogPerTask">Messages for each task, 0 or more.</param>
    void Publish(string job, double backlogPerTask);
}
