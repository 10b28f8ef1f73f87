using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Says at the start what of the stack's task definitions is otherwise here, and refuses the tasks of one that cannot
/// run, so that one job's trouble is its own.
/// </summary>
internal sealed class DefinitionNotices(
    TaskDefinitionStore definitions, IContainerEngine engine, ISecretValues secrets, Activity activity) : IHostedPart
{
    /// <summary>Why tasks of a definition do not run here, with the remedy; null when they do.</summary>
    public string? Refusal(TaskDefinition definition) =>
        Properties(definition, Handling.Refused).Select(why => $"CannotStartContainerError: {why}").FirstOrDefault()
            ?? Runnable(definition).Select(engine.Refusal).FirstOrDefault(why => why is not null);

    /// <summary>
    /// The containers of its tasks. One whose image does not run here is left out when the task is the same without it:
    /// it is not essential, and others wait for no more than its start.
    /// </summary>
    public IReadOnlyList<ContainerDefinition> Runnable(TaskDefinition definition)
    {
        var left = LeftOut(definition).Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. definition.Containers.Where(container => !left.Contains(container.Name)).Select(
                container => container with
                {
                    DependsOn = [.. container.DependsOn.Where(on => !left.Contains(on.Container))],
                }),
        ];
    }

    private IEnumerable<ContainerDefinition> LeftOut(TaskDefinition definition)
    {
        var awaited = definition.Containers.SelectMany(container => container.DependsOn)
            .Where(on => on.Condition != "START")
            .Select(on => on.Container);
        return definition.Containers
            .Where(container => !container.Essential && !awaited.Contains(container.Name))
            .Where(container => engine.Refusal(container) is not null);
    }

    public Task StartAsync(CancellationToken cancellation)
    {
        var latest = definitions.Active.GroupBy(d => d.Family).Select(family => family.Last());
        // What several say alike is said once.
        foreach (var same in latest.SelectMany(NoticesOf).GroupBy(notice => (notice.Kind, notice.Sentence)))
        {
            var families = string.Join(", ", same.Select(notice => notice.Family).Distinct());
            activity.Report("ECS", same.Key.Kind, $"{families}: {same.Key.Sentence}");
        }

        return Task.CompletedTask;
    }

    private IEnumerable<(string Family, string Kind, string Sentence)> NoticesOf(TaskDefinition definition) =>
        Refusal(definition) is { } refusal
            ? [(definition.Family, "CannotRun", $"tasks do not run here. {refusal}")]
            : Properties(definition, Handling.Warned).Concat(Missing(definition)).Concat(Absent(definition))
                .Select(warning => (definition.Family, "Warning", warning));

    private IEnumerable<string> Properties(TaskDefinition definition, Handling handling) =>
        from found in DefinitionProperties.Find(definition.Json, engine.Mode)
        where found.Property.In(engine.Mode) == handling
        select $"{found.Place}: {found.Property.Sentence}.";

    private IEnumerable<string> Absent(TaskDefinition definition) => LeftOut(definition)
        .Select(container => $"container {container.Name} is left out. {engine.Refusal(container)}");

    private IEnumerable<string> Missing(TaskDefinition definition) =>
        from container in definition.Containers
        from secret in container.Secrets
        let missing = secrets.Missing(secret.Value)
        where missing is not null
        select $"container {container.Name}: {secret.Key} has no value. {missing}";
}
