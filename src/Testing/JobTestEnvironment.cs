using System.Collections.Concurrent;
using System.Text.Json;
using Jobs.Core.Children;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;
using Jobs.Sdk.Children;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Ground;
using Jobs.Sdk.Standalone;
using Jobs.Testing;

namespace Jobs;

/// <summary>
/// Runs a job, or a message handler, in memory, for its unit tests: no AWS, no host, no JSON. What it threw comes out
/// as it is. Of the bucket it may read, write and list what it declares, as on the stack.
/// </summary>
/// <example><code>
/// var env = new JobTestEnvironment { Objects = { ["incoming/a.txt"] = "one\ntwo\n" } };
/// Assert.Equal(2, (await env.RunAsync(new LineCount(), env.Upload("incoming/a.txt"))).Lines);
/// </code></example>
public sealed class JobTestEnvironment
{
    private readonly ConcurrentQueue<JobProgress> _progress = new();
    private readonly TestLog _log = new();
    private readonly RunLabels _labels = new(text => text);
    private readonly TestCheckpoints _checkpoints = new();
    private readonly InMemoryWorkerChildren _children = new();
    private readonly TimeProvider _clock;
    private TimeSpan? _interruptAfter;
    private double? _interruptAt;
    private StopSignal? _running;
    private int _added;
    private int _events;

    /// <summary>Goes by the system's clock.</summary>
    public JobTestEnvironment()
        : this(TimeProvider.System)
    {
    }

    /// <param name="clock">What objects are dated by, and <see cref="JobContext.TimeLeft"/> and
    /// <see cref="InterruptAfter"/> go by.</param>
    public JobTestEnvironment(TimeProvider clock)
    {
        _clock = clock;
        Objects = new TestObjects(new InMemoryObjects(clock), Bucket);
    }

    /// <summary>Name of the runner's bucket in tests.</summary>
    public const string Bucket = "test-bucket";

    /// <summary>Objects of the runner's bucket by key: put there by the test, or written by the job.</summary>
    public TestObjects Objects { get; }

    /// <summary>
    /// Objects of another bucket, which triggers name as this: what the job's role may do there only the stack knows,
    /// so all of it is open.
    /// </summary>
    /// <param name="bucket">As in <c>[OnUpload("incoming/", Bucket = "acme-raw")]</c>.</param>
    public TestObjects ObjectsOf(string bucket) => new(Objects.Store, bucket);

    /// <summary>Id of the run; the job's name in it is always <c>test</c>.</summary>
    public string Run => Launched.Run.ToString();

    /// <summary>Number of the launch, from 1. Default 1.</summary>
    public int Launch { get; init; } = 1;

    /// <summary>Longest life of the attempt. Default one hour.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time between an interruption and the container's end. Default 120 s.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>SQS's id of the messages handled here. Default message-1.</summary>
    public string MessageId { get; init; } = "message-1";

    /// <summary>How often they were received, this time included, from 1. Default 1.</summary>
    public int Receives { get; init; } = 1;

    /// <summary>Their attributes. Default none.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Every progress the job reported, in order. The host would write at most one every five seconds.
    /// </summary>
    public IReadOnlyCollection<JobProgress> Progress => _progress;

    /// <summary>Every line the job logged, in order: <c>Information: text</c>.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>Every label that jobs added here with <see cref="JobContext.Label"/>: its value by its name.</summary>
    public IReadOnlyDictionary<string, string> Labels => _labels.Added.Select(label => label.Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private LaunchId Launched => new(RunId.From("test", "JobTestEnvironment"), Launch);

    /// <summary>
    /// The upload that S3 would announce for an object of <see cref="Objects"/>, or of <see cref="ObjectsOf"/> another
    /// bucket, in its newest version.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such object.</exception>
    public Upload Upload(string key, string bucket = Bucket) => ObjectsOf(bucket).Find(key)
            ?? throw new KeyNotFoundException(
                $"There is no object '{key}' in this environment. Put it there first: " +
                $"{(bucket == Bucket ? "Objects" : $"ObjectsOf(\"{bucket}\")")}[\"{key}\"] = \"…\".");

    /// <summary>
    /// An event with this detail, for a job that takes an <see cref="Event{TDetail}"/>. One that takes the detail alone
    /// gets that.
    /// </summary>
    /// <param name="detail">What it says.</param>
    /// <param name="source">Who sends it. Default com.example.test.</param>
    /// <param name="detailType">What kind it is. Default Test.</param>
    public Event<TDetail> Event<TDetail>(
        TDetail detail, string source = "com.example.test", string detailType = "Test") =>
        new($"event-{Interlocked.Increment(ref _events)}", source, detailType, detail)
        {
            Time = _clock.GetUtcNow(),
            Account = "123456789012",
            Region = "us-east-1",
        };

    /// <summary>
    /// An event read from EventBridge's JSON, as the worker reads it: whether a type fits what a service sends, its
    /// documented sample tells.
    /// </summary>
    /// <param name="json">The whole event, with its detail.</param>
    /// <exception cref="JsonException">The detail is not a <typeparamref name="TDetail"/>, or the event is
    /// none.</exception>
    public static Event<TDetail> ReadEvent<TDetail>(string json) =>
        JsonSerializer.Deserialize<Event<TDetail>>(json, JobJson.Messages)
            ?? throw new JsonException("The event is null.");

    /// <summary>Tells the next job to stop after this time, as a Spot interruption would.</summary>
    public void InterruptAfter(TimeSpan time) => _interruptAfter = time;

    /// <summary>Tells the next job to stop when it reports this fraction or more.</summary>
    public void InterruptAt(double fraction) => _interruptAt = fraction;

    /// <summary>
    /// Tells the running job to stop, as a Spot interruption would unless another reason is given; nothing when none
    /// runs.
    /// </summary>
    public void Interrupt(StopReason reason = StopReason.Interrupted) => _running?.Terminate(reason);

    /// <summary>What an earlier attempt is to have saved with <see cref="JobContext.SaveCheckpointAsync"/>.</summary>
    public void SetCheckpoint<T>(T value) => _checkpoints.Json = JsonSerializer.Serialize(value, JobJson.Options);

    /// <summary>
    /// What was saved last; null, or the type's default, when there is nothing. The next job that runs here finds it.
    /// </summary>
    public T? Checkpoint<T>() =>
        _checkpoints.Json is { } json ? JsonSerializer.Deserialize<T>(json, JobJson.Options) : default;

    /// <summary>The children that jobs submitted here: the job's name and its input as JSON, in order.</summary>
    public IReadOnlyList<(string Job, string Input)> Submitted =>
    [
        .. _children.Sent.Select(body => JsonSerializer.Deserialize<JsonElement>(body)).Select(command =>
            (command.GetProperty("job").GetString()!, command.GetProperty("input").GetRawText())),
    ];

    /// <summary>Adds a child of an earlier phase that succeeded, for <see cref="JobContext.ChildrenAsync"/>.</summary>
    public void AddChild<TResult>(string job, TResult result) =>
        _children.Add(
            NextChild(job) with { State = RunState.Succeeded }, JsonSerializer.Serialize(result, JobJson.Options));

    /// <summary>Adds a child of an earlier phase that did not succeed.</summary>
    public void AddFailedChild(string job, string error, RunState state = RunState.Failed) =>
        _children.Add(NextChild(job) with { State = state, Error = error }, null);

    /// <summary>
    /// Runs the job once, with what it declares to read, write and list, and answers its result, which clears the
    /// checkpoint as it does in the run's record.
    /// </summary>
    public async Task<TResult> RunAsync<TInput, TResult>(
        IJob<TInput, TResult> job, TInput input, CancellationToken cancellation = default)
    {
        var result = default(TResult)!;
        _labels.Known = JobType.Of(job.GetType()).Definition.Labels;
        await WithStopAsync(
            async stop => result = await job.RunAsync(input, ContextOf(job.GetType(), stop), stop.Token), cancellation);
        _checkpoints.Json = null;
        return result;
    }

    /// <summary>
    /// Handles one message, as the first receive of <see cref="MessageId"/> or as the one that <see cref="Receives"/>
    /// says.
    /// </summary>
    public async Task HandleAsync<T>(IMessageHandler<T> handler, T message, CancellationToken cancellation = default)
    {
        var received = new QueueMessage(MessageId, "", "")
        {
            Receives = Receives,
            SentAt = _clock.GetUtcNow(),
            Attributes = Attributes.ToDictionary(one => one.Key, one => QueueAttribute.Of(one.Value)),
        };
        await WithStopAsync(
            stop =>
                handler.HandleAsync(message, ContextOf(handler.GetType(), received, stop), stop.Token), cancellation);
    }

    private RunnerBucket RunnersBucket => new(Objects.Store, Bucket);

    private RunChildren NewChildren() => new(Launched, () => _children, RunnersBucket.OpenAsync);

    private RunnerBucket BucketOf(Type job) =>
        new(new DeclaredObjects(Objects.Store, JobType.Of(job).Definition, Bucket), Bucket);

    private JobContext ContextOf(Type job, StopSignal stop) => new(
        Launched, stop, BucketOf(job), _checkpoints, NewChildren(), _labels, _log.Logger, Note);

    private MessageContext ContextOf(Type handler, QueueMessage message, StopSignal stop) => new(
        message, () => stop.Reason, BucketOf(handler), new MessageSubmissions(message.Id, () => _children),
        _log.Logger);

    private ChildRun NextChild(string job) => new(_added, ChildRun.IdOf(job, Launched.Run, _added++));

    private async Task WithStopAsync(Func<StopSignal, Task> work, CancellationToken cancellation)
    {
        using var stop = new StopSignal(_clock, _clock.GetUtcNow(), Timeout, Notice);
        using var cancelled = cancellation.Register(() => stop.Terminate(null));
        using var timer = _interruptAfter is { } after
            ? _clock.CreateTimer(_ => stop.Terminate(null), null, after, System.Threading.Timeout.InfiniteTimeSpan)
            : null;
        _running = stop;
        try
        {
            await work(stop);
        }
        finally
        {
            (_running, _interruptAfter, _interruptAt) = (null, null, null);
        }
    }

    private void Note(WorkerProgress progress)
    {
        _progress.Enqueue(new JobProgress(progress.Fraction, progress.Message));
        if (progress.Fraction >= _interruptAt) Interrupt();
    }
}
