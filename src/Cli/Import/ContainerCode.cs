using Jobs.Core.Definitions;

namespace Jobs.Cli.Import;

/// <summary>What the job's container and its sidecars have in common.</summary>
internal static class ContainerCode
{
    public const string ReservedVariable =
        "A variable does not begin with JOBS_ or AWS_ here, and has letters, digits and underscores: give it another " +
        "name.";

    public const string BadFile =
        "ECS reads a file whose name ends in .env, with something before it: rename it, such as settings.env, and " +
        "import again.";

    /// <summary>Copilot's.</summary>
    private static readonly string[] DefaultCheck = ["CMD-SHELL", "curl -f http://localhost/ || exit 1"];

    private static readonly string[] Conditions = ["start", "healthy", "complete", "success"];

    /// <summary>An entry point or a command: a list, or one text that is split as a shell would.</summary>
    public static string Words(ManifestNode words) => CSharp.Texts(
        words.IsList
            ? words.Texts()
            : ShellWords.Split(words.Text())
                ?? throw words.Fault(
                    "has its quotes closed", $"Write it as a list: {words.Key}: [\"/bin/run\", \"--all\"]."));

    /// <summary>The CDK keeps the ending of a file's name, and .env alone is none.</summary>
    public static bool IsEnvironmentFile(ManifestNode file) => Path.GetExtension(file.Scalar ?? "") == ".env"
        && Path.GetFileNameWithoutExtension(file.Scalar!).Length > 0;

    /// <summary>Copilot's defaults are not those of ECS.</summary>
    public static string HealthCheck(ManifestNode check) => CSharp.Initialized(
        "new HealthCheck",
        [
            ("Command", CSharp.Texts(check.Find("command")?.Texts() ?? DefaultCheck)),
            ("Interval", Seconds(check.Find("interval"), 10)),
            ("Retries", CSharp.Number(check.Find("retries")?.Number(1, 10) ?? 2)),
            ("Timeout", Seconds(check.Find("timeout"), 5)),
            ("StartPeriod", Seconds(check.Find("start_period"), 0)),
        ]);

    /// <summary>Containers that are waited for.</summary>
    /// <param name="workload">How Copilot calls the container that is worker here.</param>
    public static string DependsOn(ManifestNode depends, string workload) => CSharp.Dictionary(
        "ContainerDependencyCondition",
        [.. depends.Members.Select(member => (
            member.Key == workload ? "worker" : member.Key,
            $"ContainerDependencyCondition.{Condition(member.Value)}"))]);

    /// <summary>Secrets whose kind is known; of the others, why they are left.</summary>
    /// <param name="leave">Gets what has no counterpart, and the reason.</param>
    public static IReadOnlyList<(string Key, string Code)> Secrets(
        ManifestNode? secrets, string id, Action<ManifestNode, string> leave)
    {
        var all = new List<(string, string)>();
        foreach (var (name, secret) in secrets?.Members ?? [])
        {
            if (secret.IsEmpty) secret.Map();
            else if (!IsVariable(name)) leave(secret, ReservedVariable);
            else if (SecretCode.Of(secret, $"{id}{name}") is { } code) all.Add((name, code));
            else leave(secret, SecretCode.Exported);
        }

        return all;
    }

    /// <summary>Variables with their value as code.</summary>
    /// <param name="imported">Gets those whose value is another stack's export.</param>
    public static IReadOnlyList<(string Key, string Code)> Variables(
        ManifestNode? variables, Action<string, string> imported, Action<ManifestNode, string> leave)
    {
        var all = new List<(string, string)>();
        foreach (var (name, value) in variables?.Members ?? [])
        {
            if (!IsVariable(name)) leave(value, ReservedVariable);
            else if (value.Find("from_cfn") is { } export)
            {
                imported(name, $"Fn.ImportValue({CSharp.Text(export.Text())})");
            }
            else if (value.IsEmpty)
            {
                value.Map();
                all.Add((name, CSharp.Text("")));
            }
            else all.Add((name, CSharp.Text(value.Text())));
        }

        return all;
    }

    /// <summary>A variable of the container that has JSON with what is known only when it is deployed.</summary>
    /// <param name="members">Keys as text, values as code.</param>
    public static string JsonVariable(string name, IReadOnlyCollection<(string Key, string Code)> members)
    {
        var json = $"Stack.Of(scope).ToJsonString({CSharp.Dictionary("object", members)})";
        return $"container?.AddEnvironment(\n{CSharp.Indented($"{CSharp.Text(name)},\n{json});")}";
    }

    /// <summary>In whole seconds, the part of one counted as one.</summary>
    public static string Seconds(ManifestNode? span, int fallback) =>
        $"Duration.Seconds({CSharp.Number(span is null ? fallback : (long)Math.Ceiling(span.Span().TotalSeconds))})";

    private static bool IsVariable(string name) => !DefinitionRules.CheckVariables("any", [name]).Any();

    private static string Condition(ManifestNode condition) => condition.Choice(Conditions).ToUpperInvariant();
}
