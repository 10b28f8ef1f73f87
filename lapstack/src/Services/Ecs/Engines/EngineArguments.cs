using System.Globalization;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>What an engine is told to make of a plan. Values of variables are not among it: they would be seen in the
/// list of processes.</summary>
internal static class EngineArguments
{
    /// <summary>Variables with which the engine's own program works: a container's must not replace them.</summary>
    private static readonly string[] OfTheEngine = ["PATH", "HOME", "TMPDIR", "USER"];

    private static readonly string[] PrefixesOfTheEngine = ["XDG_", "DOCKER_", "CONTAINERS_", "DBUS_", "LD_"];

    /// <summary>The arguments of <c>create</c>.</summary>
    public static IReadOnlyList<string> Create(ContainerPlan plan, string name, string label, string image)
    {
        var container = plan.Definition;
        var settings = container.Engine;
        List<string> arguments =
        [
            "create", "--name", name, "--label", label,
            // The task's containers and the emulator reach one another on this machine's loopback addresses.
            "--network", "host",
            "--memory", Bytes(plan.MemoryBytes),
            "--cpus", (plan.TaskCpu / 1024m).ToString("0.###", CultureInfo.InvariantCulture),
        ];
        Add("--memory-reservation", settings.MemoryReservationMiB is { } soft ? Bytes(soft * 1024L * 1024L) : null);
        Add("--cpu-shares", plan.Cpu > 1 ? plan.Cpu.ToString(CultureInfo.InvariantCulture) : null);
        Add("--user", settings.User);
        Add("--workdir", container.WorkingDirectory);
        AddFlag("--read-only", settings.IsRootReadOnly);
        AddFlag("--interactive", settings.IsInteractive);
        AddFlag("--tty", settings.HasTerminal);
        AddFlag("--init", settings.Init);
        foreach (var limit in settings.Ulimits) Add("--ulimit", $"{limit.Name}={limit.Soft}:{limit.Hard}");
        foreach (var capability in settings.AddedCapabilities) Add("--cap-add", capability);
        foreach (var capability in settings.DroppedCapabilities) Add("--cap-drop", capability);
        foreach (var (key, value) in settings.Labels) Add("--label", $"{key}={value}");
        foreach (var mount in plan.Mounts)
            Add("--volume", $"{mount.Folder}:{mount.Path}:{(mount.IsReadOnly ? "ro" : "rw")}");
        foreach (var (variable, value) in plan.Environment)
            Add("--env", IsOfTheEngine(variable) ? $"{variable}={value}" : variable);
        // An entry point of a definition may have arguments, which the engine takes in front of the command.
        Add("--entrypoint", container.EntryPoint is [var program, ..] ? program : null);
        return [.. arguments, image, .. container.EntryPoint?.Skip(1) ?? [], .. plan.Command ?? []];

        void Add(string option, string? value)
        {
            if (value is not null) arguments.AddRange([option, value]);
        }

        void AddFlag(string option, bool isSet)
        {
            if (isSet) arguments.Add(option);
        }
    }

    /// <summary>The environment of that command: the engine's, with the values of the container's variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables(ContainerPlan plan)
    {
        var variables = EngineProgram.HostVariables();
        foreach (var (name, value) in plan.Environment)
            if (!IsOfTheEngine(name)) variables[name] = value;
        return variables;
    }

    private static bool IsOfTheEngine(string variable) =>
        OfTheEngine.Contains(variable)
            || PrefixesOfTheEngine.Any(prefix => variable.StartsWith(prefix, StringComparison.Ordinal));

    private static string Bytes(long bytes) => $"{bytes.ToString(CultureInfo.InvariantCulture)}b";
}
