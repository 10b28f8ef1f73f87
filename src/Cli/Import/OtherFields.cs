using Jobs.Core;

namespace Jobs.Cli.Import;

/// <summary>What has no counterpart, and what is no field of Copilot's.</summary>
internal static class OtherFields
{
    private const string Name = "Others";

    private const string Overrides =
        "CDK changes the template itself: Copilot.TaskOf(job)!.Node.DefaultChild is the CfnTaskDefinition, whose " +
        "AddPropertyOverride takes such a path, as ContainerDefinitions.0.Ulimits.";

    private const string Tracing =
        "Copilot adds AWS's collector of OpenTelemetry as a sidecar, and lets the job write to X-Ray. Add it to " +
        "Sidecars, and grant what it needs.";

    private const string Overridden = "Every environment has something else in its place.";

    private static readonly string Exec =
        "No shell is opened in a running task here. What it says: " +
        CommandLines.WithoutStack.Logs("RUN", follow: true);

    private const string Alarms =
        "The service is rolled back when its new tasks do not start; alarms are not asked. Watch the alarms of the " +
        "queue.";

    /// <summary>Documented for the two types of workload that are imported.</summary>
    private static readonly string[] Known =
    [
        "name", "type", "on", "image", "entrypoint", "command", "cpu", "memory", "platform", "retries", "timeout",
        "network", "variables", "env_file", "secrets", "storage", "sidecars", "logging", "publish", "subscribe",
        "count", "exec", "deployment", "observability", "taskdef_overrides", "environments",
    ];

    public static void Add(WorkloadCode code, ManifestNode manifest, bool isService)
    {
        var after = code.After;
        after.Leave(Name, manifest.Find("taskdef_overrides"), Overrides);
        after.Leave(Name, manifest.Find("observability"), Tracing);
        after.Leave(Name, manifest.Find("exec"), Exec);
        if (isService) after.Leave(Name, manifest.Find("deployment", "rollback_alarms"), Alarms);
        foreach (var (key, value) in manifest.Members)
        {
            var unread = value.Leaves().Where(leaf => leaf is { IsMapped: false, Reason: null }).ToList();
            foreach (var leaf in unread)
            {
                if (leaf.IsEmpty) leaf.Map();
                else after.Leave(Name, leaf, Unknown(key, leaf, isService));
            }
        }
    }

    /// <summary>What holds for no environment, because each has something else.</summary>
    public static void LeaveOverridden(WorkloadCode code, ManifestNode manifest)
    {
        foreach (var leaf in manifest.Leaves().Where(leaf => leaf is { IsMapped: false, Reason: null }))
        {
            if (leaf.IsEmpty) leaf.Map();
            else code.After.Leave(Name, leaf, Overridden);
        }
    }

    private static string Unknown(string key, ManifestNode leaf, bool isService)
    {
        if (!Known.Contains(key)) return $"Copilot has no field {key}{Spelling.Suggestion(key, Known)}";
        var type = isService ? Workload.WorkerService : Workload.ScheduledJob;
        return leaf.Path.Contains('.', StringComparison.Ordinal)
            ? $"Copilot has no such field in {key}, or ignores it beside the others."
            : $"It does nothing for a {type}.";
    }
}
