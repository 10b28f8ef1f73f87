using Jobs.Cdk.Commons;
using Jobs.Core;

namespace Jobs.Cdk.Tasks;

/// <summary>
/// What a worker is told: our host needs the tables; another program gets only what tells it where it is.
/// </summary>
internal sealed class WorkerEnvironment(Shared shared, Job job, JobProps props)
{
    public Dictionary<string, string> All()
    {
        var environment = job.Definition.Environment.ToDictionary();
        AddPlace(environment);
        if (job.Backlog is { } queue) AddQueue(environment, queue);
        if (job.Definition.HasHost) AddHost(environment);
        foreach (var (name, value) in shared.Tracing?.ForWorkers() ?? []) environment.TryAdd(name, value);
        return environment;
    }

    private void AddPlace(Dictionary<string, string> environment)
    {
        environment[EnvironmentNames.Stack] = shared.StackName;
        environment[EnvironmentNames.Job] = job.Definition.Name;
        environment[EnvironmentNames.Bucket] = shared.Storage.Bucket.BucketName;
    }

    private static void AddQueue(Dictionary<string, string> environment, JobQueue queue)
    {
        environment[EnvironmentNames.Queue] = queue.Queue.QueueUrl;
        environment[EnvironmentNames.QueueDeadLetters] = queue.DeadLetters.QueueUrl;
    }

    private void AddHost(Dictionary<string, string> environment)
    {
        environment[EnvironmentNames.RunsTable] = shared.Storage.Runs.TableName;
        environment[EnvironmentNames.ResultsTable] = shared.Storage.Results.TableName;
        if (job.Definition.Submits.Count > 0)
        {
            environment[EnvironmentNames.Commands] = shared.Commands.Queue.QueueUrl;
        }

        if (props.Secrets.Count > 0)
        {
            environment[EnvironmentNames.Secrets] = string.Join(',', props.Secrets.Keys.Order(StringComparer.Ordinal));
        }
    }
}
