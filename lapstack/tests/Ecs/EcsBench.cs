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
using Lapstack.Services.Ecs.Engines;
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
internal sealed class EcsBench
    : IAsyncDisposable, IEventBus, ICredentialIssuer, IAuthorizer, ISecretValues, IObjects
{
    public const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/assets:" + Tag;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string Tag = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-ecs-").FullName;
    private Parts _parts;

    private readonly ChaosOptions _chaos;

    private readonly string? _engine;
    private readonly int _places;

    /// <param name="engine">The program of a container engine; null for processes.</param>
    /// <param name="places">How many tasks may be in their first seconds at once.</param>
    /// <param name="writeImage">Writes the image's folder; null for one that needs a shell.</param>
    public EcsBench(
        JsonObject? definition = null,
        ChaosOptions? chaos = null,
        string? engine = null,
        Action<string>? writeImage = null,
        int places = 16)
    {
        _chaos = chaos ?? new();
        _engine = engine;
        _places = places;
        (writeImage ?? WriteImage)(Directory.CreateDirectory(Path.Combine(_folder, "image")).FullName);
        _parts = Build();
        Register(definition ?? Definition());
        _ = _parts.Scheduler.StartAsync(CancellationToken.None);
    }

    public ManualClock Clock { get; } = new();

    public ConcurrentQueue<JsonNode> Events { get; } = new();

    public string? Refused { get; set; }

    /// <summary>Secrets and parameters, by what the definition calls them.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Objects in S3, as <c>bucket/key</c>.</summary>
    public Dictionary<string, string> Objects { get; } = [];

    /// <summary>Where the emulator keeps its state.</summary>
    public string StateFolder => Path.Combine(_folder, "state");

    /// <summary>What was said, oldest first, as <c>kind: message</c>.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>What a new emulator does with what an earlier one left of its containers.</summary>
    public Task EndLeftoversAsync() => _parts.Engine.EndLeftoversAsync(CancellationToken.None);

    public string HealthOf(string taskArn) => _parts.Tasks.Find(taskArn)!.HealthStatus;

    /// <summary>Says what the start says of the definitions.</summary>
    public Task NoticeAsync() => _parts.Notices.StartAsync(CancellationToken.None);

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

    /// <summary>That definition with other members of its container, given as a JSON object.</summary>
    public static JsonObject With(string members) => Definition(d =>
    {
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            d["containerDefinitions"]![0]![name] = value?.DeepClone();
    });

    /// <summary>That definition with a second container, <c>sidecar</c>, that runs a script.</summary>
    /// <param name="condition">What the first waits for; null: it does not wait.</param>
    public static JsonObject WithSidecar(
        string script, bool essential, string? condition = null, Action<JsonNode>? change = null) => Definition(d =>
    {
        var containers = d["containerDefinitions"]!.AsArray();
        var sidecar = containers[0]!.DeepClone();
        sidecar["name"] = "sidecar";
        sidecar["essential"] = essential;
        sidecar["environment"] = new JsonArray(new JsonObject { ["name"] = "SCRIPT", ["value"] = script });
        if (condition is not null)
            containers[0]!["dependsOn"] = new JsonArray(
                new JsonObject { ["containerName"] = "sidecar", ["condition"] = condition });
        containers.Add(sidecar);
        change?.Invoke(sidecar);
    });

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

    AccessRefusal? IAuthorizer.Refusal(Caller caller, AccessRequest request) => request.Action == Refused
        ? new AccessRefusal(request.Action, $"{caller.Arn} may not {request.Action} on {request.Resource}")
        : null;

    Task<string> ISecretValues.ReadAsync(Caller caller, string valueFrom, CancellationToken cancellation) =>
        Task.FromResult(Secrets.GetValueOrDefault(valueFrom) ?? throw new SecretException($"No {valueFrom}."));

    string? ISecretValues.Missing(string valueFrom) =>
        Secrets.ContainsKey(valueFrom) ? null : $"Set {valueFrom} first.";

    Task<byte[]?> IObjects.ReadAsync(string bucket, string key, CancellationToken cancellation) => Task.FromResult(
        Objects.TryGetValue($"{bucket}/{key}", out var text) ? Encoding.UTF8.GetBytes(text) : null);

    private static void WriteImage(string folder)
    {
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

    private IContainerEngine EngineOf(CloudAssembly assembly, StateFolder state)
    {
        var ledger = new ProcessLedger(Path.Combine(_folder, "processes"));
        return _engine is null
            ? new ProcessEngine(assembly, new ImageFolders(), DebuggedPrograms.None, ledger, Clock)
            : new ContainerEngine(new EngineProgram(_engine, ledger, Clock), assembly, new ImageFolders(), state);
    }

    private Parts Build()
    {
        var account = new Account("000000000000", "us-east-1");
        var endpoint = new LapstackEndpoint { Url = new Uri("http://127.0.0.1:4566") };
        var state = new StateFolder(Path.Combine(_folder, "state"));
        var ids = new Ids(new Random(1));
        var activity = new Activity(Clock, entry => Said.Enqueue($"{entry.Kind}: {entry.Message}"));
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
        var room = new RoomOnDisk(activity, Clock);
        var engine = EngineOf(assembly, state);
        var planner = new ContainerPlanner(
            new EcsEnvironment(account, endpoint, ExtraVariables.None), new ContainerVariables(this, this, this));
        var notices = new DefinitionNotices(definitions, engine, this, activity);
        var parts = new TaskParts(
            tasks, planner, engine, notices, new TaskVolumes(state, this, account),
            new StartGate(_places, Clock), room, endpoints, logs, this,
            new EcsTimings(), ids, account, Clock);
        var host = new TaskHost(parts, definitions, new TaskFaults(chaos, Clock), activity);
        var launcher = new TaskLauncher(
            host, tasks, new ClientTokens(state, tasks, Clock), assembly, this, account, ids, Clock);
        var services = new ServiceStore(state);
        var scheduler = new ServiceScheduler(
            services, tasks, host, new ServiceTasks(
                clusters,
                definitions,
                launcher), protections, new ServiceLog(
                    services, activity, ids, Clock), activity, new EcsTimings(), room, ids, Clock);
        var service = new EcsService(
            clusters,
            definitions,
            tasks,
            host,
            launcher,
            new RunTaskReader(clusters, definitions, notices),
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
        return new Parts(service, host, notices, engine, scheduler, tasks, definitions, endpoints, logs);
    }

    private sealed record Parts(
        EcsService Service,
        TaskHost Host,
        DefinitionNotices Notices,
        IContainerEngine Engine,
        ServiceScheduler Scheduler,
        TaskStore Tasks,
        TaskDefinitionStore Definitions,
        TaskEndpoints Endpoints,
        LogStore Logs);
}
