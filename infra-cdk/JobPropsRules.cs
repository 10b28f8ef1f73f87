using System.Globalization;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Infra;

/// <summary>What <see cref="JobProps"/> must satisfy for ECS to accept the task definition.</summary>
internal static class JobPropsRules
{
    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html</summary>
    private const int MaxContainers = 10;

    public static IEnumerable<DefinitionError> Check(JobDefinition job, JobProps props) =>
        [.. CheckContainers(job, props), .. CheckDependencies(job, props), .. CheckEnvironment(job, props)];

    private static IEnumerable<DefinitionError> CheckContainers(JobDefinition job, JobProps props)
    {
        var count = props.Sidecars.Count + 1;
        if (count > MaxContainers)
        {
            yield return new DefinitionError(
                job.Name,
                $"a task has at most {MaxContainers} containers, the worker included",
                count.ToString(CultureInfo.InvariantCulture),
                "Remove sidecars.");
        }

        foreach (var name in ContainerNames(props).GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return new DefinitionError(
                job.Name, $"the containers of a task have different names, and {Names.WorkerContainer} is the job's", name, "Rename the sidecar.");
        }
    }

    private static IEnumerable<DefinitionError> CheckDependencies(JobDefinition job, JobProps props) =>
        props.DependsOn.Keys.Concat(props.Sidecars.SelectMany(sidecar => sidecar.DependsOn.Keys))
            .Where(name => !ContainerNames(props).Contains(name))
            .Distinct()
            .Select(name => new DefinitionError(
                job.Name, "a container waits only for containers of its task", name, $"Use one of {string.Join(", ", ContainerNames(props))}."));

    private static IEnumerable<DefinitionError> CheckEnvironment(JobDefinition job, JobProps props)
    {
        foreach (var name in props.Secrets.Keys.Where(job.Environment.ContainsKey))
        {
            yield return new DefinitionError(
                job.Name, "a variable is a secret or plain, not both", name, "Remove it from Environment: what is there can be read in the task definition.");
        }

        foreach (var file in props.EnvironmentFiles.Where(file => !file.Key.EndsWith(".env", StringComparison.Ordinal)))
        {
            yield return new DefinitionError(job.Name, "the key of an environment file ends in .env", file.Key, "Rename the object.");
        }
    }

    private static IEnumerable<string> ContainerNames(JobProps props) =>
        props.Sidecars.Select(sidecar => sidecar.Name).Prepend(Names.WorkerContainer);
}
