using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.CloudWatch;
using Lapstack.Services.Ecs;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Launching;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Scheduling;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Services.Logs;
using Lapstack.State;
using Lapstack.Template;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Tests.Ecs;

/// <summary>
/// ECS with one cluster and one definition on a clock that stands still. The image runs the shell script in the
/// variable SCRIPT.
/// </summary>
internal sealed class EcsBench : IAsyncDisposable, IEventBus, ICredentialIssuer, IAuthorizer
{
    public const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/assets:" + Tag;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string Tag = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-ecs-").FullName;
    private Parts _parts;

    private readonly ChaosOptions _chaos;

    public EcsBench(JsonObject? definition = null, ChaosOptions? chaos = null)
    {
        _chaos = chaos ?? new();
        WriteImage(Path.Combine(_folder, "image"));
        _parts = Build();
        Register(definition ?? Definition());
        _ = _parts.Scheduler.StartAsync(CancellationToken.None);
    }

    public ManualClock Clock { get; } = new();

    public ConcurrentQueue<JsonNode> Events { get; } = new();

    public string? Refused { get; set; }

    public TaskEndpoints Endpoints => _parts.Endpoints;

    public LogStore Logs => _parts.Logs;

    public string[] TokenFiles => Directory.GetFiles(Path.Combine(_folder, "state", "ecs", "tokens"));

    /// <summary>A definition with one container <c>worker</c>, in the API's spelling.</summary>
    public static JsonObject Definition(Action<JsonObject>? change = null)
    {
        var definition = JsonNode.Parse($$$$"""
            {"networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512",
             "taskRoleArn":"arn:aws:iam::000000000000:role/task","executionRoleArn":"arn:aws:iam::000000000000:role/execution",
             "tags":[{"key":"job","value":"line-count"}],
             "containerDefinitions":[{"name":"worker","image":"{{{{Image}}}}","essential":true,
               "environment":[{"name":"GREETING","value":"hello"},{"name":"PLACE","value":"world"}],
               "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/jobs","awslogs-stream-prefix":"run","awslogs-create-group":"true"}}}]}
            """)!.AsObject();
        change?.Invoke(definition);
        return definition;
    }

    public TaskDefinition Register(JsonObject definition) => _parts.Definitions.Register("line-count", definition);

    /// <summary>The parameters of a RunTask that runs a script.</summary>
    public static JsonObject Parameters(string script = "exit 0", Action<JsonObject>? change = null)
    {
        var parameters = new JsonObject
        {
            ["cluster"] = "jobs",
            ["taskDefinition"] = "line-count",
            ["launchType"] = "FARGATE",
            ["networkConfiguration"] = JsonNode.Parse("""{"awsvpcConfiguration":{"subnets":["subnet-1"]}}"""),
            ["overrides"] = new JsonObject
            {
                ["containerOverrides"] = new JsonArray(new JsonObject
                {
                    ["name"] = "worker",
                    ["environment"] = new JsonArray(new JsonObject { ["name"] = "SCRIPT", ["value"] = script }),
                }),
            },
        };
        change?.Invoke(parameters);
        return parameters;
    }

    /// <summary>Reads and executes a call as Wire does, as the owner, who may do everything.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        var response = await (await ReadAsync(operation, input)).Execute(CancellationToken.None).WaitAsync(Patience);
        using var body = new MemoryStream();
        await response.Body!(body, CancellationToken.None);
        return JsonNode.Parse(body.ToArray())!.AsObject();
    }

    public Task<Operation> ReadAsync(string operation, JsonObject input) => _parts.Service.ReadAsync(
        new WireRequest
        {
            RequestId = "request",
            Caller = Caller.Owner("000000000000"),
            Method = "POST",
            RawPath = "/",
            Query = QueryCollection.Empty,
            Headers = new HeaderDictionary { ["X-Amz-Target"] = $"AmazonEC2ContainerServiceV20141113.{operation}" },
            Host = "127.0.0.1:4566",
            Body = new MemoryStream(Encoding.UTF8.GetBytes(input.ToJsonString())),
        },
        CancellationToken.None);

    /// <summary>Runs a task and returns its ARN.</summary>
    public async Task<string> RunAsync(string script, Action<JsonObject>? change = null) =>
        (await CallAsync("RunTask", Parameters(script, change)))["tasks"]![0]!["taskArn"]!.GetValue<string>();

    /// <summary>Runs a task to its end and returns the detail of its last event.</summary>
    public async Task<JsonNode> RunToEndAsync(string script, Action<JsonObject>? change = null)
    {
        await RunAsync(script, change);
        return await UntilStatusAsync("STOPPED");
    }

    /// <summary>The detail of the first event with this status, once it has come.</summary>
    public async Task<JsonNode> UntilStatusAsync(string status)
    {
        JsonNode? found = null;
        await UntilAsync(
            () =>
                (
                    found = Events.Select(e => e["detail"]!)
                        .FirstOrDefault(d => d["lastStatus"]!.GetValue<string>() == status)) is not null);
        return found!;
    }

    /// <summary>Waits for real processes, letting the pauses of the lifecycle pass meanwhile.</summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan? step = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            Clock.Advance(step ?? TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    public List<string> Lines() =>
        [.. (Logs.Find("/jobs")?.Streams ?? []).SelectMany(s => s.Read()).Select(e => e.Message)];

    public bool Printed(string line) => Lines().Contains(line);

    /// <summary>Takes a Spot task's capacity back; the HTTP status of the answer.</summary>
    public async Task<int> InterruptAsync(string taskArn)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = $"/_spot/{taskArn.Split('/')[^1]}";
        await new SpotInterruptions(_parts.Tasks, _parts.Host).HandleAsync(context);
        return context.Response.StatusCode;
    }

    /// <summary>What a task asks of its endpoints; the HTTP status and the body of the answer.</summary>
    public async Task<(int Status, JsonNode Body)> AskAsync(string method, string path, string body = "")
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = answer;
        await Endpoints.HandleAsync(context);
        return (context.Response.StatusCode, JsonNode.Parse(answer.ToArray())!);
    }

    /// <summary>Ends the emulator as Ctrl+C does, and takes up its state with a new one.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Events.Clear();
        _parts = Build();
        Register(Definition());
        await _parts.Host.StartAsync(CancellationToken.None);
        await _parts.Scheduler.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _parts.Host.Dispose();
        _parts.Scheduler.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    Task IEventBus.PutAsync(JsonObject @event, CancellationToken cancellation)
    {
        Events.Enqueue(@event);
        return Task.CompletedTask;
    }

    IssuedCredentials ICredentialIssuer.Issue(string roleArn, string sessionName, TimeSpan lifetime) =>
        new("ASIATASK", "secret", "token", Clock.GetUtcNow() + lifetime, roleArn);

    string? IAuthorizer.Refusal(Caller caller, AccessRequest request) =>
        request.Action == Refused ? $"{caller.Arn} may not {request.Action} on {request.Resource}" : null;

    private static void WriteImage(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), """
            FROM debian:stable-slim
            WORKDIR /app
            COPY . /app
            USER 1654
            ENV FROM_IMAGE=yes
            ENTRYPOINT ["sh", "/app/run.sh"]
            """);
        File.WriteAllText(Path.Combine(folder, "run.sh"), "eval \"$SCRIPT\"\n");
    }

    private async Task StopAsync()
    {
        await _parts.Scheduler.StopAsync();
        await _parts.Host.StopAsync();
    }

    private Parts Build()
    {
        var account = new Account("000000000000", "us-east-1");
        var endpoint = new LapstackEndpoint { Url = new Uri("http://127.0.0.1:4566") };
        var state = new StateFolder(Path.Combine(_folder, "state"));
        var ids = new Ids(new Random(1));
        var activity = new Activity(Clock);
        var chaos = new ChaosDice(_chaos, ids, activity);
        var assembly = new CloudAssembly(
            _folder, "test", [], [], [new ImageAsset(Path.Combine(_folder, "image"), "Dockerfile", Tag)]);
        var clusters = new ClusterStore();
        clusters.Put(
            new Cluster("jobs", account.Arn("ecs", "cluster/jobs"))
            {
                CapacityProviders = ["FARGATE", "FARGATE_SPOT"],
            });
        var definitions = new TaskDefinitionStore(state, account, Clock);
        var tasks = new TaskStore(state, this, account, activity, ids, Clock, chaos);
        var protections = new TaskProtections(Clock);
        var calls = new TaskProtectionCalls(tasks, protections);
        var endpoints = new TaskEndpoints(tasks, this, new TaskProtectionEndpoint(calls, this, ids), ids);
        var logs = new LogStore(state, new MetricStore(Clock), activity, Clock);
        var programs = new ContainerProgram(
            assembly, new ImageFolders(), new EcsEnvironment(account, endpoint), DebuggedPrograms.None);
        var parts = new TaskParts(
            tasks, programs, endpoints, logs, this, new ProcessLedger(
                Path.Combine(_folder, "processes")), new EcsTimings(), ids, account, Clock);
        var host = new TaskHost(parts, definitions, new TaskFaults(chaos, Clock), activity);
        var launcher = new TaskLauncher(
            host, tasks, new ClientTokens(state, tasks, Clock), programs, account, ids, Clock);
        var services = new ServiceStore(state);
        var scheduler = new ServiceScheduler(
            services, tasks, host, new ServiceTasks(
                clusters,
                definitions,
                launcher), protections, new ServiceLog(
                    services, activity, ids, Clock), activity, new EcsTimings(), ids, Clock);
        var service = new EcsService(
            clusters,
            definitions,
            tasks,
            host,
            launcher,
            new RunTaskReader(clusters, definitions),
            new LaunchFaults(chaos),
            services,
            new ServiceOperations(
                services,
                new ServiceReader(clusters, definitions, account, ids, Clock),
                clusters,
                definitions,
                tasks,
                account),
            new TaskProtectionOperations(calls, clusters, account),
            account);
        return new Parts(service, host, scheduler, tasks, definitions, endpoints, logs);
    }

    private sealed record Parts(
        EcsService Service, TaskHost Host, ServiceScheduler Scheduler, TaskStore Tasks, TaskDefinitionStore Definitions,
        TaskEndpoints Endpoints, LogStore Logs);
}
