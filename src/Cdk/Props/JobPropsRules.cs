using System.Globalization;
using Amazon.CDK.AWS.ECS;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Props;

/// <summary>What <see cref="JobProps"/> must satisfy for ECS to accept the task definition.</summary>
internal static class JobPropsRules
{
    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html</summary>
    private const int MaxContainers = 10;

    public static IEnumerable<DefinitionError> Check(JobDefinition job, JobProps props) =>
        [
            .. CheckContainers(job, props), .. CheckDependencies(job, props), .. CheckConditions(job, props),
            .. CheckMounts(job, props), .. CheckEnvironment(job, props),
        ];

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

        foreach (var name in ContainerNames(props)
            .GroupBy(name => name)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key))
        {
            yield return new DefinitionError(
                job.Name, $"the containers of a task have different names, and {Names.WorkerContainer} is the job's",
                name, "Rename the sidecar.");
        }
    }

    private static IEnumerable<DefinitionError> CheckDependencies(JobDefinition job, JobProps props) =>
        props.DependsOn.Keys.Concat(props.Sidecars.SelectMany(sidecar => sidecar.DependsOn.Keys))
            .Where(name => !ContainerNames(props).Contains(name))
            .Distinct()
            .Select(name => new DefinitionError(
                job.Name, "a container waits only for containers of its task", name,
                $"Use one of {string.Join(", ", ContainerNames(props))}."));

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html</summary>
    private static IEnumerable<DefinitionError> CheckConditions(JobDefinition job, JobProps props)
    {
        var containers = props.Sidecars.Select(
            sidecar => (sidecar.Name, sidecar.Options.HealthCheck, Essential: sidecar.Options.Essential ?? true))
            .Prepend((Name: Names.WorkerContainer, props.HealthCheck, Essential: true));
        var awaited = props.DependsOn.Concat(props.Sidecars.SelectMany(sidecar => sidecar.DependsOn))
            .ToLookup(on => on.Key, on => on.Value);
        foreach (var (name, healthCheck, essential) in containers)
        {
            if (awaited[name].Contains(ContainerDependencyCondition.HEALTHY) && healthCheck is null)
            {
                yield return new DefinitionError(
                    job.Name, "only a container with a health check is ever healthy", name,
                    "Give it a HealthCheck, or wait for START.");
            }

            if (awaited[name].Any(
                condition =>
                    condition is ContainerDependencyCondition.COMPLETE or ContainerDependencyCondition.SUCCESS)
                && essential)
            {
                yield return new DefinitionError(
                    job.Name, "the end of an essential container ends the task, so none can wait for it", name,
                    "Wait for START, or for a sidecar with Essential = false.");
            }
        }
    }

    private static IEnumerable<DefinitionError> CheckMounts(JobDefinition job, JobProps props) =>
        props.Mounts.Concat(props.Sidecars.SelectMany(sidecar => sidecar.Mounts))
            .Select(mount => mount.SourceVolume)
            .Except(props.Volumes.Select(volume => volume.Name))
            .Select(
                name =>
                    new DefinitionError(job.Name, "a mount names a volume of the task", name, "Add it to Volumes."));

    private static IEnumerable<DefinitionError> CheckEnvironment(JobDefinition job, JobProps props)
    {
        foreach (var error in DefinitionRules.CheckVariables(job.Name, props.Secrets.Keys)) yield return error;

        foreach (var name in props.Secrets.Keys.Where(job.Environment.ContainsKey))
        {
            yield return new DefinitionError(
                job.Name, "a variable is a secret or plain, not both", name,
                "Remove it from Environment: what is there can be read in the task definition.");
        }

        foreach (var file in props.EnvironmentFiles.Where(file => !file.Key.EndsWith(".env", StringComparison.Ordinal)))
        {
            yield return new DefinitionError(
                job.Name, "the key of an environment file ends in .env", file.Key, "Rename the object.");
        }
    }

    private static IEnumerable<string> ContainerNames(JobProps props) =>
        props.Sidecars.Select(sidecar => sidecar.Name).Prepend(Names.WorkerContainer);
}
