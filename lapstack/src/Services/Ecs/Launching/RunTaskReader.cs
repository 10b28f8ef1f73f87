using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Launching;

/// <summary>
/// Reads RunTask and checks it as ECS does. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
/// </summary>
internal sealed partial class RunTaskReader(
    ClusterStore clusters, TaskDefinitionStore definitions, DefinitionNotices notices)
{
    /// <summary>In characters, JSON punctuation included.</summary>
    private const int MaxOverrides = 8192;

    public TaskRequest Read(JsonObject input)
    {
        var cluster = clusters.Get(input.Text("cluster"));
        var definition = definitions.Find(
            input.Text("taskDefinition") ?? throw EcsErrors.Client("Task definition can not be blank."))
            ?? throw EcsErrors.Client("TaskDefinition not found.");
        var count = input.Number("count") ?? 1;
        if (count is < 1 or > 10) throw EcsErrors.Invalid($"Count must be between 1 and 10, and is {count}.");
        CheckNames(input);
        var overrides = input.Structure("overrides");
        CheckOverrides(overrides, definition);
        var (cpu, memory, storage) = SizeOverrides.Read(overrides, definition);
        return new TaskRequest(
            cluster,
            definition,
            count,
            CapacityProviders.Spread(input, cluster, count),
            overrides,
            cpu,
            memory,
            storage,
            Subnet(input),
            input.Text("startedBy"),
            input.Text("group") ?? $"family:{definition.Family}",
            Tags(input, definition),
            input.Text("clientToken"),
            Fingerprint(input))
        {
            Refusal = notices.Refusal(definition),
        };
    }

    private static void CheckNames(JsonObject input)
    {
        if (input.Text("startedBy") is { } startedBy && !StartedBy().IsMatch(startedBy))
            throw EcsErrors.Invalid(
                $"startedBy '{startedBy}' must be at most 128 letters, digits, hyphens, underscores and slashes.");
        if (input.Text("clientToken") is { } token && !ClientToken().IsMatch(token))
            throw EcsErrors.Invalid("clientToken must be at most 64 characters, ASCII 33 to 126.");
        if (input.Text("group") is { } group && group.StartsWith("service:", StringComparison.Ordinal))
            throw EcsErrors.Invalid("A group of RunTask cannot begin with 'service:'.");
        if (input.Text("platformVersion") is { } version and not ("LATEST" or TaskJson.PlatformVersion))
            throw new ServiceError(
                "PlatformUnknownException",
                $"The specified platform version {version} does not exist; use LATEST or {TaskJson.PlatformVersion}.");
        if (input.Text("propagateTags") == "SERVICE")
        {
            throw EcsErrors.Invalid("propagateTags SERVICE is for the tasks of services; use TASK_DEFINITION.");
        }
    }

    private static void CheckOverrides(JsonObject overrides, TaskDefinition definition)
    {
        var length = overrides.ToJsonString().Length;
        if (length > MaxOverrides)
        {
            throw EcsErrors.Invalid(
                $"Overrides length must be at most {MaxOverrides} characters, and is {length}. Pass ids, not data.");
        }

        var names = definition.Containers.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var change in overrides.Structures("containerOverrides"))
        {
            var name = change.Text("name");
            if (name is null || !names.Contains(name))
            {
                throw EcsErrors.Invalid(
                    $"Override for container named {name} is not a container in the TaskDefinition.");
            }
        }
    }

    /// <summary>The first of the subnets in networkConfiguration.</summary>
    public static string Subnet(JsonObject input)
    {
        if (input["networkConfiguration"] is null)
            throw EcsErrors.Invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        var vpc = input.Structure("networkConfiguration").Structure("awsvpcConfiguration");
        var subnets = vpc.Texts("subnets") ?? [];
        if (subnets.Count is 0 or > 16)
        {
            throw EcsErrors.Invalid($"awsvpcConfiguration needs 1 to 16 subnets, and has {subnets.Count}.");
        }

        if (vpc.Texts("securityGroups") is { Count: > 5 } groups)
        {
            throw EcsErrors.Invalid($"awsvpcConfiguration takes at most 5 security groups, and has {groups.Count}.");
        }

        return subnets[0];
    }

    private static JsonArray Tags(JsonObject input, TaskDefinition definition)
    {
        var tags = input.Structures("tags");
        if (tags.Count > 50) throw EcsErrors.Invalid($"A task takes at most 50 tags, and {tags.Count} were given.");
        foreach (var tag in tags)
            if (tag.Text("key") is not { Length: >= 1 and <= 128 } || (tag.Text("value") ?? "").Length > 256)
                throw EcsErrors.Invalid(
                    $"The tag '{tag.Text("key")}' must have a key of 1 to 128 and a value of at most 256 characters.");

        var inherited = input.Text("propagateTags") == "TASK_DEFINITION" ? definition.Tags.OfType<JsonObject>() : [];
        var own = tags.Select(t => t.Text("key")).ToHashSet(StringComparer.Ordinal);
        return new JsonArray(
            [.. tags.Concat(inherited.Where(t => !own.Contains(t.Text("key")))).Select(t => t.DeepClone())]);
    }

    /// <summary>Members in any order; lists in theirs.</summary>
    private static string Fingerprint(JsonObject input)
    {
        var parameters = (JsonObject)input.DeepClone();
        parameters.Remove("clientToken");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(parameters)!.ToJsonString())));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject json =>
            new JsonObject(
                json.OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("^[A-Za-z0-9_/-]{0,128}$")]
    private static partial Regex StartedBy();

    [GeneratedRegex("^[!-~]{1,64}$")]
    private static partial Regex ClientToken();
}
