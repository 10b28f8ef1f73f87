using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>ECS on the wire: protection of tasks from scale-in.</summary>
internal sealed class TaskProtectionOperations(TaskProtectionCalls protections, ClusterStore clusters, Account account)
{
    private const int MostTasks = 10;

    public IReadOnlyDictionary<string, Func<JsonCall, Operation>> Readers => new Dictionary<string, Func<JsonCall, Operation>>
    {
        ["UpdateTaskProtection"] = Update,
        ["GetTaskProtection"] = call => Answer(call, arns => protections.Get(arns)),
    };

    private Operation Update(JsonCall call)
    {
        if (!call.Input.ContainsKey("protectionEnabled")) throw EcsErrors.Invalid("protectionEnabled must be true or false.");
        var isProtected = call.Input.Flag("protectionEnabled");
        var minutes = call.Input.Number("expiresInMinutes");
        TaskProtectionCalls.CheckMinutes(minutes);
        return Answer(call, arns => protections.Update(arns, isProtected, minutes));
    }

    private Operation Answer(JsonCall call, Func<IReadOnlyList<string>, System.Text.Json.Nodes.JsonObject> execute)
    {
        var cluster = clusters.Get(call.Input.Text("cluster"));
        var asked = call.Input.Texts("tasks") ?? [];
        if (asked.Count is 0 or > MostTasks) throw EcsErrors.Invalid($"{call.Name} takes 1 to {MostTasks} tasks, not {asked.Count}.");
        var arns = asked.Select(id => id.StartsWith("arn:", StringComparison.Ordinal) ? id : account.Arn("ecs", $"task/{cluster.Name}/{id}")).ToList();
        return call.Answer([.. arns.Select(arn => TaskProtectionCalls.Access(call.Name, arn, cluster.Arn))], _ => Task.FromResult(execute(arns)));
    }
}
