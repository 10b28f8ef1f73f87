using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Launching;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Scheduling;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs;

/// <summary>
/// ECS on the wire: running, stopping and looking at tasks; services and protection have folders of their own.
/// </summary>
internal sealed class EcsService : JsonService
{
    private readonly ClusterStore _clusters;
    private readonly TaskDefinitionStore _definitions;
    private readonly TaskStore _tasks;
    private readonly TaskHost _host;
    private readonly TaskLauncher _launcher;
    private readonly RunTaskReader _reader;
    private readonly LaunchFaults _faults;
    private readonly ServiceStore _services;
    private readonly Account _account;

    public EcsService(
        ClusterStore clusters,
        TaskDefinitionStore definitions,
        TaskStore tasks,
        TaskHost host,
        TaskLauncher launcher,
        RunTaskReader reader,
        LaunchFaults faults,
        ServiceStore services,
        ServiceOperations serviceOperations,
        TaskProtectionOperations protectionOperations,
        Account account)
        : base("ecs", "AmazonEC2ContainerServiceV20141113", Protocol.AwsJson11)
    {
        (_clusters, _definitions, _tasks, _host) = (clusters, definitions, tasks, host);
        (_launcher, _reader, _faults, _services, _account) = (launcher, reader, faults, services, account);
        Add("RunTask", RunTask);
        Add("StopTask", StopTask);
        Add("DescribeTasks", DescribeTasks);
        Add("ListTasks", ListTasks);
        Add("DescribeTaskDefinition", DescribeTaskDefinition);
        Add(
            "ListTaskDefinitions",
            call =>
                call.Answer(new AccessRequest("ecs:ListTaskDefinitions", "*"), () => ListTaskDefinitions(call.Input)));
        Add(
            "ListTaskDefinitionFamilies",
            call =>
                call.Answer(new AccessRequest("ecs:ListTaskDefinitionFamilies", "*"), () => ListFamilies(call.Input)));
        Add("DescribeClusters", DescribeClusters);
        Add("ListClusters", call => call.Answer(new AccessRequest("ecs:ListClusters", "*"), ListClusters));
        foreach (var (name, read) in serviceOperations.Readers.Concat(protectionOperations.Readers)) Add(name, read);
    }

    private Operation RunTask(JsonCall call)
    {
        var request = _reader.Read(call.Input);
        return call.Answer([.. RunTaskAccess.Of(request, _account)], _ =>
        {
            if (request.Refusal is { } why)
                throw EcsErrors.Unsupported($"{request.Definition.Family} does not run here. {why}");
            if (_faults.Refuse(request) is { } refusal) return Task.FromResult(refusal);
            var (tasks, repeated) = _launcher.Launch(request);
            _faults.MayLoseAnswer(request);
            return Task.FromResult(new JsonObject
            {
                ["tasks"] = new JsonArray(
                    [.. tasks.Select(t => repeated && t.IsStopped ? Remembered(t) : Render(t, withTags: true))]),
                ["failures"] = new JsonArray(),
            });
        });
    }

    /// <summary>All that a repeated RunTask says of a task that has stopped.</summary>
    private static JsonObject Remembered(TaskRecord task) => new()
    {
        ["taskArn"] = task.Arn,
        ["lastStatus"] = task.LastStatus,
        ["desiredStatus"] = task.DesiredStatus,
    };

    private Operation StopTask(JsonCall call)
    {
        var cluster = _clusters.Get(call.Input.Text("cluster"));
        var arn = TaskArn(cluster, call.Input.Text("task") ?? throw EcsErrors.Invalid("Task can not be blank."));
        var reason = call.Input.Text("reason");
        if (reason?.Length > 1024) throw EcsErrors.Invalid("reason must be at most 1024 characters.");
        return call.Answer([InCluster("StopTask", arn, cluster)], async _ =>
        {
            var task = Find(cluster, arn) ?? throw EcsErrors.Invalid("The referenced task was not found.");
            return new JsonObject
            {
                ["task"] = Render(
                    await _host.StopTaskAsync(task.Id, new StopRequest(StopCode.UserInitiated, reason)),
                    withTags: false),
            };
        });
    }

    private Operation DescribeTasks(JsonCall call)
    {
        var cluster = _clusters.Get(call.Input.Text("cluster"));
        var asked = call.Input.Texts("tasks") ?? [];
        if (asked.Count is 0) throw EcsErrors.Invalid("Tasks cannot be empty.");
        if (asked.Count > 100) throw EcsErrors.Invalid($"DescribeTasks takes at most 100 tasks, not {asked.Count}.");
        var arns = asked.Select(a => TaskArn(cluster, a)).ToList();
        var withTags = call.Input.Texts("include")?.Contains("TAGS") == true;
        return call.Answer([.. arns.Select(arn => InCluster("DescribeTasks", arn, cluster))], _ =>
        {
            var known = arns.ToLookup(arn => Find(cluster, arn) is not null);
            return Task.FromResult(new JsonObject
            {
                ["tasks"] = new JsonArray([.. known[true].Select(arn => Render(Find(cluster, arn)!, withTags))]),
                ["failures"] = new JsonArray(
                    [.. known[false].Select(arn => new JsonObject { ["arn"] = arn, ["reason"] = "MISSING" })]),
            });
        });
    }

    private Operation ListTasks(JsonCall call)
    {
        var cluster = _clusters.Get(call.Input.Text("cluster"));
        var filter = TaskFilter.Read(call.Input);
        if (call.Input.Text("serviceName") is { } service && _services.Find(cluster, service) is null)
        {
            throw EcsErrors.ServiceNotFound();
        }

        return call.Answer([InCluster("ListTasks", _account.Arn("ecs", $"container-instance/{cluster.Name}/*"),
            cluster)], _ => Task.FromResult(
            EcsPage.Of(
                call.Input,
                "taskArns",
                _tasks.All.Where(t => t.ClusterArn == cluster.Arn && filter.Matches(t)).Select(t => t.Arn))));
    }

    private Operation DescribeTaskDefinition(JsonCall call)
    {
        var name = call.Input.Text("taskDefinition") ?? throw EcsErrors.Client("Task definition can not be blank.");
        return call.Answer(new AccessRequest("ecs:DescribeTaskDefinition", "*"), () =>
        {
            var definition = _definitions.Find(name) ?? throw EcsErrors.Client("Unable to describe task definition.");
            var answer = new JsonObject { ["taskDefinition"] = TaskDefinitionAnswer.Of(definition) };
            if (call.Input.Texts("include")?.Contains("TAGS") == true) answer["tags"] = definition.Tags;
            return answer;
        });
    }

    private JsonObject ListTaskDefinitions(JsonObject input)
    {
        var prefix = input.Text("familyPrefix");
        var arns = ActiveDefinitions(input).Where(d => prefix is null || d.Family == prefix).Select(d => d.Arn);
        return EcsPage.Of(input, "taskDefinitionArns", input.Text("sort") == "DESC" ? arns.Reverse() : arns);
    }

    private JsonObject ListFamilies(JsonObject input)
    {
        var prefix = input.Text("familyPrefix") ?? "";
        var families = ActiveDefinitions(input)
            .Select(d => d.Family)
            .Distinct()
            .Where(family => family.StartsWith(prefix, StringComparison.Ordinal));
        return EcsPage.Of(input, "families", families);
    }

    /// <summary>Those of the template are active; nothing here makes one inactive.</summary>
    private IReadOnlyList<TaskDefinition> ActiveDefinitions(JsonObject input) => input.Text("status") switch
    {
        null or "ACTIVE" or "ALL" => _definitions.Active,
        "INACTIVE" or "DELETE_IN_PROGRESS" => [],
        var other => throw EcsErrors.Invalid($"status must be ACTIVE, INACTIVE or ALL, and is {other}."),
    };

    private Operation DescribeClusters(JsonCall call)
    {
        var asked = call.Input.Texts("clusters") is { Count: > 0 } names ? names : ["default"];
        var access = asked.Select(
            name =>
                new AccessRequest("ecs:DescribeClusters", _account.Arn("ecs", $"cluster/{ClusterStore.NameOf(name)}")));
        return call.Answer([.. access], _ => Task.FromResult(new JsonObject
        {
            ["clusters"] = new JsonArray(
                [.. asked.Select(_clusters.Find)
                    .OfType<Cluster>()
                    .Select(c => ClusterAnswer.Of(c, _tasks.All, ActiveServices(c)))]),
            ["failures"] =
                new JsonArray([.. asked.Where(name => _clusters.Find(name) is null).Select(name => new JsonObject
            {
                ["arn"] = _account.Arn("ecs", $"cluster/{ClusterStore.NameOf(name)}"),
                ["reason"] = "MISSING",
            })]),
        }));
    }

    private int ActiveServices(Cluster cluster) =>
        _services.All.Count(s => s.ClusterArn == cluster.Arn && s.Status == ServiceStatus.Active);

    private JsonObject ListClusters() => new()
    {
        ["clusterArns"] = new JsonArray([.. _clusters.All.Select(c => (JsonNode)JsonValue.Create(c.Arn))]),
    };

    private static AccessRequest InCluster(string action, string resource, Cluster cluster) =>
        new($"ecs:{action}", resource, new Dictionary<string, string[]> { ["ecs:cluster"] = [cluster.Arn] });

    private TaskRecord? Find(Cluster cluster, string arn) =>
        _tasks.Find(arn) is { } task && task.ClusterArn == cluster.Arn && task.Arn == arn ? task : null;

    private string TaskArn(Cluster cluster, string identifier) =>
        identifier.StartsWith("arn:", StringComparison.Ordinal)
            ? identifier
            : _account.Arn("ecs", $"task/{cluster.Name}/{identifier}");

    private JsonObject Render(TaskRecord task, bool withTags) => TaskJson.ForApi(task, _account.Region, withTags);
}
