using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.Lambda;
using Lapstack.Services.Logs;
using Lapstack.State;

namespace Lapstack.Tests.Lambda;

/// <summary>
/// Lambda with one real function on a clock that stands still, between queues and topics that only remember.
/// </summary>
internal sealed class LambdaBench : IAsyncDisposable, ICredentialIssuer, IAuthorizer, IQueues, ITopics, IMetrics
{
    public const string QueueArn = "arn:aws:sqs:us-east-1:000000000000:inbox";
    public const string TopicArn = "arn:aws:sns:us-east-1:000000000000:admins";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-lambda-").FullName;
    private readonly StateFolder _state;
    private readonly Ids _ids = new(new Random(1)); // Seeded: the ids of a test are the same in every run.

    public LambdaBench(
        Action<Dictionary<string, string>>? environment = null,
        TimeSpan? timeout = null,
        int? reservedConcurrency = null,
        ChaosOptions? chaos = null,
        DebuggedPrograms? debugged = null)
    {
        _state = new StateFolder(Path.Combine(_folder, "state"));
        var code = Path.Combine(_folder, "code");
        TestFunction.WriteTo(code);
        var variables = new Dictionary<string, string> { ["GREETING"] = "hello" };
        environment?.Invoke(variables);
        Function = new FunctionConfiguration(
            "worker", "arn:aws:lambda:us-east-1:000000000000:function:worker", "provided.al2023", "bootstrap", code,
            "arn:aws:iam::000000000000:role/worker", "/aws/lambda/worker", 512, timeout
                ?? TimeSpan.FromSeconds(3), reservedConcurrency,
            null, "", variables);

        Activity = new Activity(Clock);
        Logs = new LogStore(_state, this, Activity, Clock);
        var account = new Account("000000000000", "us-east-1");
        var endpoint = new LapstackEndpoint { Url = new Uri("http://127.0.0.1:4566") };
        var factory = new EnvironmentFactory(
            account,
            endpoint,
            this,
            Logs,
            new ProcessLedger(Path.Combine(_folder, "processes")),
            _ids,
            Clock,
            new ChaosDice(chaos ?? new(), _ids, Activity),
            debugged ?? DebuggedPrograms.None,
            new ExtraVariables(new Dictionary<string, string> { ["EXTRA"] = "given", ["AWS_REGION"] = "other" }));
        Store = new FunctionStore(factory, this, Activity, Clock);
        Store.Add(Function);
        Asynchronous = new AsyncInvocations(
            Store, Destinations(), _state, new RoomOnDisk(Activity, Clock), Activity, Clock);
        Functions = new FunctionInvoker(Store, Asynchronous, _ids);
        Sources = new EventSources(Store, this, this, account, _ids, new RoomOnDisk(Activity, Clock), Activity, Clock);
    }

    public ManualClock Clock { get; } = new();

    public Activity Activity { get; }

    public FunctionConfiguration Function { get; }

    public FunctionStore Store { get; }

    public AsyncInvocations Asynchronous { get; }

    public FunctionInvoker Functions { get; }

    public EventSources Sources { get; }

    public LogStore Logs { get; }

    public EnvironmentPool Pool => Store.Get("worker");

    /// <summary>What destinations got: the ARN and the body.</summary>
    public ConcurrentQueue<(string Arn, JsonNode Body)> Sent { get; } = new();

    /// <summary>Messages waiting to be received.</summary>
    public ConcurrentQueue<QueueMessage> Inbox { get; } = new();

    public ConcurrentBag<string> Deleted { get; } = [];

    public string? Refused { get; set; }

    /// <summary>What credentials have; null for what is asked for.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The asynchronous events on disk.</summary>
    public IReadOnlyList<AsyncEvent> WaitingEvents()
    {
        var lambda = _state.For("lambda");
        return [.. lambda.List("async").Select(lambda.Read<AsyncEvent>).OfType<AsyncEvent>()];
    }

    /// <summary>Lambda's queue as the next start of the emulator takes it up.</summary>
    public AsyncInvocations Restarted() =>
        new(Store, Destinations(), _state, new RoomOnDisk(Activity, Clock), Activity, Clock);

    private Destinations Destinations() => new(this, () => this, this, this, Activity, Clock);

    /// <summary>Whether something of this kind was reported to the person who watches.</summary>
    public async Task<bool> ReportedAsync(string kind)
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        try
        {
            await foreach (var entry in Activity.ReadAsync(now.Token))
                if (entry.Kind == kind) return true;
        }
        catch (OperationCanceledException)
        {
            // It was not among those kept.
        }
        return false;
    }

    public async Task<JsonObject> InvokeAsync(string @event)
    {
        var answer = await Pool.InvokeAsync(
            new Invocation(_ids.Uuid(), Encoding.UTF8.GetBytes(@event)), CancellationToken.None)
            .WaitAsync(Patience);
        var json = JsonNode.Parse(answer.Payload.Span)!.AsObject();
        json["failed"] = answer.Failed;
        json["log"] = answer.LogTail;
        return json;
    }

    /// <summary>
    /// Lets real processes go on until the condition holds, moving the clock by <paramref name="step"/> each time.
    /// </summary>
    public Task UntilAsync(Func<bool> condition, TimeSpan step = default) =>
        UntilAsync(() => Task.FromResult(condition()), step);

    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan step = default)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            Clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sources.StopAsync();
        await Asynchronous.StopAsync();
        await Store.StopAsync();
        Sources.Dispose();
        Asynchronous.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public IssuedCredentials Issue(string roleArn, string sessionName, TimeSpan lifetime) =>
        new("ASIAWORKER", "secret", "token", Clock.GetUtcNow() + (Lifetime ?? lifetime), roleArn);

    public AccessRefusal? Refusal(Caller caller, AccessRequest request) =>
        request.Action == Refused ? new AccessRefusal(request.Action, $"{request.Action} is refused") : null;

    bool IQueues.Exists(string queueArn) => queueArn == QueueArn;

    bool ITopics.Exists(string topicArn) => topicArn == TopicArn;

    public Task<string> SendAsync(string queueArn, string body, Caller sender, CancellationToken cancellation)
    {
        Sent.Enqueue((queueArn, JsonNode.Parse(body)!));
        return Task.FromResult("sent");
    }

    public Task<string> SendAsync(
        string queueArn, string body, IReadOnlyDictionary<string, string> attributes, Caller sender,
            CancellationToken cancellation) =>
        SendAsync(queueArn, body, sender, cancellation);

    /// <summary>Every value measured, such as <c>Errors 1</c>.</summary>
    public ConcurrentQueue<string> Metrics { get; } = new();

    public void Add(MetricName metric, double value, DateTimeOffset? at = null) =>
        Metrics.Enqueue($"{metric.Name} {value}");

    double? IMetrics.Read(MetricName metric, string statistic, DateTimeOffset from, DateTimeOffset until) => null;

    public Task<string> PublishAsync(
        string topicArn, string? subject, string message, IReadOnlyDictionary<string, string> byProtocol,
            CancellationToken cancellation) =>
        PublishAsync(topicArn, subject, message, cancellation);

    public Task<string> PublishAsync(string topicArn, string? subject, string message, CancellationToken cancellation)
    {
        Sent.Enqueue((topicArn, JsonNode.Parse(message)!));
        return Task.FromResult("published");
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queueArn, int max, TimeSpan wait, TimeSpan? visibility, CancellationToken cancellation)
    {
        var batch = new List<QueueMessage>();
        while (batch.Count < max && Inbox.TryDequeue(out var message)) batch.Add(message);
        if (batch.Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        return batch;
    }

    public Task DeleteAsync(string queueArn, string receiptHandle, CancellationToken cancellation)
    {
        Deleted.Add(receiptHandle);
        return Task.CompletedTask;
    }

    public Task ChangeVisibilityAsync(
        string queueArn, string receiptHandle, TimeSpan visibility, CancellationToken cancellation) =>
        throw new NotSupportedException("Lambda leaves the visibility to the queue.");

    public QueueDepth Depth(string queueArn) => throw new NotSupportedException("Lambda does not ask for the depth.");
}
