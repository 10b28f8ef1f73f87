using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Services.AutoScaling;
using Lapstack.Services.CloudWatch;
using Lapstack.State;

namespace Lapstack.Tests.AutoScaling;

/// <summary>Target tracking from the metric to the count, minute by minute.</summary>
public sealed class ScalingWatchTests : IServiceCapacity, IAsyncDisposable
{
    private const string Id = "service/jobs/drain|ecs:service:DesiredCount|ecs";
    private static readonly MetricName Backlog = new("Jobs", "BacklogPerTask", ("Job", "drain"));

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-scaling-").FullName;
    private readonly ManualClock _clock = new();
    private readonly MetricStore _metrics;
    private readonly ScalingStore _store;
    private readonly ScalingWatch _watch;
    private int _count = 1;

    public ScalingWatchTests()
    {
        _metrics = new MetricStore(_clock);
        _store = new ScalingStore(new StateFolder(_folder), _clock);
        var activity = new Activity(_clock);
        var scaler = new Scaler(_store, this, activity, new Ids(new Random(1)), _clock);
        _watch = new ScalingWatch(
            _store,
            scaler,
            _metrics,
            new TrackingPeriod(TimeSpan.FromMinutes(1)),
            new RoomOnDisk(activity, _clock),
            activity,
            _clock);
        _store.Add(new ScalableTarget(Id, "service/jobs/drain", "arn", "role", new CapacityLimits(0, 8), []));
    }

    [Fact]
    public async Task Service_grows_in_proportion_and_shrinks_when_there_has_long_been_little_to_do()
    {
        await StartAsync(Policy("track", Backlog));

        await MinutesAsync(2, 300);
        Assert.Equal(1, _count);
        await MinutesAsync(1, 300);
        Assert.Equal(3, _count);
        await MinutesAsync(14, 0);
        Assert.Equal(3, _count);
        await MinutesAsync(1, 0);
        Assert.Equal(0, _count);
    }

    [Fact]
    public async Task Nothing_is_decided_without_data()
    {
        await StartAsync(Policy("track", Backlog));
        await MinutesAsync(2, 300);

        await MinutesAsync(30, null);
        Assert.Equal(1, _count);

        await MinutesAsync(2, 300);
        Assert.Equal(1, _count); // What is half an hour old counts no more.
        await MinutesAsync(1, 300);
        Assert.Equal(3, _count);
    }

    [Fact]
    public async Task One_policy_is_enough_to_grow_and_all_must_agree_to_shrink()
    {
        var age = new MetricName("Jobs", "Age", ("Job", "drain"));
        await StartAsync(Policy("backlog", Backlog), Policy("age", age));

        await MinutesAsync(3, 10, (age, 400));
        Assert.Equal(4, _count);
        await MinutesAsync(20, 10, (age, 100));
        Assert.Equal(4, _count);
        await MinutesAsync(15, 10, (age, 50));
        Assert.Equal(2, _count); // As the policy wants that keeps most.
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync();
        _watch.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    int? IServiceCapacity.Find(string resourceId) => _count;

    void IServiceCapacity.Set(string resourceId, int count) => _count = count;

    private static TrackingPolicy Policy(string name, MetricName metric) =>
        new(
            name,
            name,
            Id,
            TimeSpan.FromMinutes(1),
            TimeSpan.FromMinutes(1),
            metric,
            "Average",
            100,
            DisableScaleIn: false);

    private Task StartAsync(params TrackingPolicy[] policies)
    {
        foreach (var policy in policies) _store.Add(policy);
        return _watch.StartAsync(CancellationToken.None);
    }

    /// <summary>
    /// Lets minutes pass in whose middle the metrics are published, each until it has been looked at.
    /// </summary>
    private async Task MinutesAsync(int count, double? backlog, params (MetricName Metric, double Value)[] others)
    {
        for (; count > 0; count--)
        {
            await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
            _clock.Advance(TimeSpan.FromSeconds(30));
            if (backlog is { } value) _metrics.Add(Backlog, value);
            foreach (var (metric, other) in others) _metrics.Add(metric, other);
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Eventually.TrueAsync(() => _clock.ArmedTimers == 1);
        }
    }
}
