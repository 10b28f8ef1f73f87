using Amazon.DynamoDBv2;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Runtime;
using Jobs.Aws.Alerts;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Children;
using Jobs.Core.Composition;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Messages;
using Jobs.Core.Metrics;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Slots;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;
using Jobs.Tests.Unit.Functions;
using Lapstack.Tests.Stacks;
using Xunit.Abstractions;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What a tick costs that has nothing to do, each minute: it must not grow with the jobs.</summary>
public sealed class TickCallTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Most = 20;

    private readonly ManualClock _clock = new();

    /// <summary>Of its own, for the tick looks at all runs there are.</summary>
    private readonly DynamoTables _tables = new();

    public Task InitializeAsync() => _tables.InitializeAsync();

    public Task DisposeAsync() => _tables.DisposeAsync();

    public void Dispose() => _tables.Dispose();

    [Theory]
    [InlineData(4)]
    [InlineData(50)]
    public async Task Tick_with_nothing_due_makes_at_most_twenty_calls(int jobs)
    {
        var catalog = new JobCatalog([.. Enumerable.Range(0, jobs).Select(Job)]);
        var calls = new Calls();
        using var dynamo = Client(calls);
        // A deployment's first tick notes the schedules; then each has a run, which goes on.
        await TickAsync(Plane(dynamo, catalog));
        var before = Plane(dynamo, catalog);
        foreach (var (key, _) in catalog.Schedules) await before.Schedules.ComeAsync(key, _clock.GetUtcNow(), default);
        await TickAsync(before);

        var process = Plane(dynamo, catalog);
        var first = await CountAsync(process, calls);
        var second = await CountAsync(process, calls);

        output.WriteLine($"{jobs} jobs: {string.Join(", ", first)}; then {string.Join(", ", second)}");
        Assert.InRange(first.Count, 1, Most);
        Assert.InRange(second.Count, 1, Most);
        // The first of a process publishes the catalog.
        Assert.Equal(first.Count - 2, second.Count);
    }

    private async Task<IReadOnlyList<string>> CountAsync(ControlPlane plane, Calls calls)
    {
        calls.Clear();
        Assert.Equal("Looked at 0 runs, launched 0.", await TickAsync(plane));
        return calls.Operations;
    }

    private async Task<string> TickAsync(ControlPlane plane)
    {
        var context = new TestContext();
        var tick = new OnTickFunction(
            plane.Sweep,
            plane.ScheduleWatch,
            plane.Alerts,
            plane.Replayer,
            plane.Dispatcher,
            plane.CatalogPublisher,
            plane.Pauses,
            _clock);
        await tick.OnTick(new ScheduledEvent(), context);
        return context.Lines;
    }

    /// <summary>Uploads, schedules, caps and queues, a quarter of the jobs each.</summary>
    private static JobDefinition Job(int number)
    {
        var job = new JobDefinition($"job-{number}");
        return (number % 4) switch
        {
            0 => job with { Uploads = [new UploadTrigger($"incoming/{number}/")] },
            1 => job with { Schedules = [new ScheduleTrigger("daily", "rate(1 day)")] },
            2 => job with { Schedules = [new ScheduleTrigger("weekly", "rate(7 days)")], MaxConcurrent = 200 },
            _ => job with { Queue = new QueueTrigger(), MaxConcurrent = 10 },
        };
    }

    private ControlPlane Plane(IAmazonDynamoDB dynamo, JobCatalog catalog) => new(
        new Ports(dynamo, _clock),
        catalog,
        // With a CPU budget, for the tick asks more then.
        new ControlPlaneSettings(new StackInfo("jobs", "eu-central-1", "jobs")) { CpuLimit = 64 * 1_024 },
        _clock);

    private AmazonDynamoDBClient Client(Calls calls) => new(EmulatedStack.Owner, new AmazonDynamoDBConfig
    {
        ServiceURL = _tables.Client.Config.ServiceURL,
        AuthenticationRegion = "us-east-1",
        MaxErrorRetry = 0,
        HttpClientFactory = calls,
    });

    /// <summary>Counts what goes over the wire.</summary>
    private sealed class Calls : HttpClientFactory
    {
        private readonly List<string> _operations = [];

        public IReadOnlyList<string> Operations
        {
            get
            {
                lock (_operations) return [.. _operations];
            }
        }

        public void Clear()
        {
            lock (_operations) _operations.Clear();
        }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Counter(this));

        private sealed class Counter(Calls calls) : DelegatingHandler(new SocketsHttpHandler())
        {
            protected override Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[^1];
                lock (calls._operations) calls._operations.Add(operation);
                return base.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>DynamoDB's real ports, as the functions have them; ECS and SNS in memory.</summary>
    private sealed class Ports(IAmazonDynamoDB dynamo, TimeProvider clock) : IControlPlanePorts
    {
        private readonly InMemoryTasks _tasks = new(clock);

        public IRunStore Runs => new DynamoRunStore(dynamo, DynamoTables.Runs, DynamoTables.Results, clock);

        public IRunIndex RunIndex => new DynamoRunIndex(dynamo, DynamoTables.Runs);

        public IRunHistory History => new DynamoRunHistory(dynamo, DynamoTables.Runs, DynamoTables.Results);

        public ISlots Slots => new DynamoSlots(dynamo, DynamoTables.Runs);

        public IDispatchLease Lease => new DynamoDispatchLease(dynamo, DynamoTables.Runs);

        public ITasks Tasks => _tasks;

        public ITaskReadings TaskReadings => _tasks;

        public ISchedules Schedules => new DynamoSchedules(dynamo, DynamoTables.Runs);

        public IChildren Children => new DynamoChildren(dynamo, DynamoTables.Runs, clock);

        public IArrayCursors ArrayCursors => new DynamoArrayCursors(dynamo, DynamoTables.Runs, clock);

        public IArrayItems ArrayItems => field ??= new InMemoryArrayItems();

        public IReplays Replays => new DynamoReplays(dynamo, DynamoTables.Runs);

        public IUploadedObjects UploadedObjects => field ??= new InMemoryUploadedObjects();

        public IDrains Drains => new DynamoDrains(dynamo, DynamoTables.Runs);

        public IQueueReader Queues => throw new NotSupportedException("The tick does not look at queues.");

        public IJobQueues JobQueues => throw new NotSupportedException("Nothing is replayed.");

        public IQueueServices QueueServices => throw new NotSupportedException("The tick does not look at queues.");

        public IBacklogMetrics BacklogMetrics => throw new NotSupportedException("The tick does not look at queues.");

        public IRunMetrics RunMetrics => new NoRunMetrics();

        public IAlertCauses AlertCauses => new DynamoAlertCauses(dynamo, DynamoTables.Runs);

        public IAlerts Alerts => field ??= new InMemoryAlerts();

        public IPauses Pauses => new DynamoPauses(dynamo, DynamoTables.Runs);

        public ICatalogStore Catalogs => new DynamoCatalogStore(dynamo, DynamoTables.Runs);
    }
}
