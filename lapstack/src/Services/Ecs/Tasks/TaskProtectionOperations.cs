using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>ECS on the wire: protection of tasks from scale-in.</summary>
internal sealed class TaskProtectionOperations(TaskProtectionCalls protections, ClusterStore clusters, Account account)
{
    private const int MostRead = 100;
    private const int MostChanged = 10;

    public IReadOnlyDictionary<string, Func<JsonCall, Operation>> Readers =>
        new Dictionary<string, Func<JsonCall, Operation>>
        {
            ["UpdateTaskProtection"] = Update,
            ["GetTaskProtection"] = call => Answer(call, MostRead, arns => protections.Get(arns)),
        };

    private Operation Update(JsonCall call)
    {
        if (!call.Input.ContainsKey("protectionEnabled"))
        {
            throw EcsErrors.Invalid("protectionEnabled must be true or false.");
        }

        var isProtected = call.Input.Flag("protectionEnabled");
        var minutes = call.Input.Number("expiresInMinutes");
        TaskProtectionCalls.CheckMinutes(minutes);
        return Answer(call, MostChanged, arns => protections.Update(arns, isProtected, minutes));
    }

    private Operation Answer(JsonCall call, int most, Func<IReadOnlyList<string>, JsonObject> execute)
    {
        var cluster = clusters.Get(call.Input.Text("cluster"));
        var asked = call.Input.Texts("tasks") ?? [];
        if (asked.Count == 0 || asked.Count > most)
        {
            throw EcsErrors.Invalid($"{call.Name} takes 1 to {most} tasks, not {asked.Count}.");
        }

        var arns = asked.Select(
            id =>
                id.StartsWith("arn:", StringComparison.Ordinal) ? id : account.Arn("ecs", $"task/{cluster.Name}/{id}"))
            .ToList();
        return call.Answer(
            [.. arns.Select(arn => protections.Access(call.Name, arn, cluster.Arn))],
            _ => Task.FromResult(execute(arns)));
    }
}
