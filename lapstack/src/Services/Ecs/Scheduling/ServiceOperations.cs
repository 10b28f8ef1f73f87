using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>ECS on the wire: services.</summary>
internal sealed class ServiceOperations(
    ServiceStore services, ServiceReader reader, ClusterStore clusters, TaskDefinitionStore definitions,
    TaskStore tasks, Account account)
{
    public IReadOnlyDictionary<string, Func<JsonCall, Operation>> Readers =>
        new Dictionary<string, Func<JsonCall, Operation>>
        {
            ["CreateService"] = Create,
            ["UpdateService"] = Update,
            ["DeleteService"] = Delete,
            ["DescribeServices"] = Describe,
            ["ListServices"] = List,
        };

    private Operation Create(JsonCall call)
    {
        var service = reader.Create(call.Input.Text("serviceName") ?? "", call.Input);
        return call.Answer([Access("CreateService", service), .. PassRoles(call.Input)], _ =>
        {
            if (services.Find(service.Arn) is { Status: not ServiceStatus.Inactive })
            {
                throw EcsErrors.Invalid("Creation of service was not idempotent.");
            }

            return Answer(services.Put(service));
        });
    }

    private Operation Update(JsonCall call)
    {
        var service = Find(call);
        if (service.Status != ServiceStatus.Active)
        {
            throw new ServiceError("ServiceNotActiveException", "Service was not ACTIVE.");
        }

        var change = reader.Update(service, call.Input);
        return call.Answer(
            [Access("UpdateService", service), .. PassRoles(call.Input)],
            _ => Answer(services.Update(service.Arn, change)!));
    }

    private Operation Delete(JsonCall call)
    {
        var service = Find(call);
        return call.Answer([Access("DeleteService", service)], _ => Answer(services.Update(service.Arn, current =>
            current.Wanted > 0 && !call.Input.Flag("force")
                ? throw EcsErrors.Invalid("The service cannot be stopped while it is scaled above 0.")
                : current with { Status = ServiceStatus.Draining })!));
    }

    private Operation Describe(JsonCall call)
    {
        var cluster = clusters.Get(call.Input.Text("cluster"));
        var asked = call.Input.Texts("services") ?? [];
        if (asked.Count is 0 or > 10)
        {
            throw EcsErrors.Invalid($"DescribeServices takes 1 to 10 services, not {asked.Count}.");
        }

        var withTags = call.Input.Texts("include")?.Contains("TAGS") == true;
        return call.Answer([.. asked.Select(name => Access("DescribeServices", ArnOf(cluster, name), cluster.Arn))],
            _ =>
        {
            var known = asked.ToLookup(name => services.Find(cluster, name) is not null);
            return Task.FromResult(new JsonObject
            {
                ["services"] = new JsonArray(
                    [.. known[true].Select(name => Render(services.Find(cluster, name)!, withTags))]),
                ["failures"] = new JsonArray(
                    [.. known[false].Select(name =>
                        new JsonObject { ["arn"] = ArnOf(cluster, name), ["reason"] = "MISSING" })]),
            });
        });
    }

    private Operation List(JsonCall call)
    {
        var cluster = clusters.Get(call.Input.Text("cluster"));
        var access = new AccessRequest(
            "ecs:ListServices", "*", new Dictionary<string, string[]> { ["ecs:cluster"] = [cluster.Arn] });
        return call.Answer(access, () => EcsPage.Of(
            call.Input, "serviceArns", services.All.Where(
                s => s.ClusterArn == cluster.Arn && s.Status != ServiceStatus.Inactive)
                .Select(s => s.Arn)));
    }

    private ServiceRecord Find(JsonCall call) =>
        services.Find(
            clusters.Get(call.Input.Text("cluster")),
            call.Input.Text("service") ?? throw EcsErrors.Invalid("Service cannot be empty."))
        ?? throw EcsErrors.ServiceNotFound();

    private Task<JsonObject> Answer(ServiceRecord service) =>
        Task.FromResult(new JsonObject { ["service"] = Render(service, withTags: true) });

    private JsonObject Render(ServiceRecord service, bool withTags) => ServiceJson.Of(
        service, [.. tasks.All.Where(t => service.Has(t) && t.DesiredStatus == TaskState.Running)], account, withTags);

    /// <summary>A caller that chooses the definition hands its roles to tasks.</summary>
    private IEnumerable<AccessRequest> PassRoles(JsonObject input)
    {
        if (input.Text("taskDefinition") is not { } name || definitions.Find(name) is not { } definition) return [];
        return new[] { definition.TaskRoleArn, definition.ExecutionRoleArn }.OfType<string>().Distinct().Select(role =>
            new AccessRequest(
                "iam:PassRole",
                role,
                new Dictionary<string, string[]> { ["iam:PassedToService"] = [TaskRoles.Service] }));
    }

    private string ArnOf(Cluster cluster, string identifier) =>
        account.Arn("ecs", $"service/{cluster.Name}/{identifier[(identifier.LastIndexOf('/') + 1)..]}");

    private static AccessRequest Access(string action, ServiceRecord service) =>
        Access(action, service.Arn, service.ClusterArn);

    private static AccessRequest Access(string action, string arn, string clusterArn) =>
        new($"ecs:{action}", arn, new Dictionary<string, string[]> { ["ecs:cluster"] = [clusterArn] });
}
