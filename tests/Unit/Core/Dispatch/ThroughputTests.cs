using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Dispatch;

/// <summary>
/// The launch rate is used while there is a backlog: against an ECS that counts as AWS does and takes its time to
/// answer.
/// </summary>
public sealed class ThroughputTests
{
    private const int Burst = 100;
    private const double PerSecond = 20;

    private static readonly JobDefinition Job = TestPlane.Job();

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public Task Minute_ticks_use_nearly_the_whole_launch_rate_until_the_backlog_is_gone(
        int lateness) => OnOneThread(async () =>
    {
        const int Backlog = 2_500;
        ThrottlingEcs ecs = null!;
        var plane = new TestPlane(null, (tasks, clock) => ecs = new ThrottlingEcs(tasks, clock), Job);
        for (var i = 0; i < Backlog; i++) await plane.WaitAsync(Job, $"{i}");
        var start = plane.Clock.GetUtcNow();
        var random = new Random(7);
        var nextTick = start;
        var minute = 0;
        var ticks = new List<Task>();

        while (ecs.Launched < Backlog)
        {
            if (plane.Clock.GetUtcNow() >= nextTick)
            {
                ticks.Add(
                    plane.Dispatcher.RunAsync(
                        $"tick {minute}", TimeSpan.FromSeconds(70), patient: true, CancellationToken.None));
                nextTick = start.AddMinutes(++minute).AddSeconds(random.Next(lateness + 1));
            }

            for (var i = 0; i < 20; i++) await Task.Yield();
            plane.Clock.Advance(TimeSpan.FromMilliseconds(25));
        }

        var seconds = (plane.Clock.GetUtcNow() - start).TotalSeconds;
        Assert.InRange(Backlog / (Burst + (PerSecond * seconds)), 0.97, 1);
        Assert.InRange(ecs.Throttled, 0, 40);
        Assert.Equal(Backlog, plane.Tasks.All.Select(task => task.Launch.Id.Run).Distinct().Count());
    });

    private static Task OnOneThread(Func<Task> body) => Task.Factory.StartNew(
        body, CancellationToken.None, TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler)
            .Unwrap();

    /// <summary>Answers RunTask after 150 ms, and refuses it for its rate by AWS's token bucket.</summary>
    private sealed class ThrottlingEcs(ITasks tasks, TimeProvider clock) : ITasks
    {
        private double _tokens = Burst;
        private DateTimeOffset _at = clock.GetUtcNow();

        public int Launched { get; private set; }

        public int Throttled { get; private set; }

        public async Task<LaunchAnswer> LaunchAsync(Launch launch, CancellationToken cancellation)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(150), clock, cancellation);
            var now = clock.GetUtcNow();
            _tokens = Math.Min(Burst, _tokens + ((now - _at).TotalSeconds * PerSecond));
            _at = now;
            if (_tokens >= 1)
            {
                _tokens--;
                Launched++;
                return await tasks.LaunchAsync(launch, cancellation);
            }

            Throttled++;
            return new LaunchAnswer.Refused(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        }

        public Task StopAsync(string taskArn, string reason, CancellationToken cancellation) =>
            tasks.StopAsync(taskArn, reason, cancellation);

        public Task<IReadOnlyList<string>> FindAsync(LaunchId launch, CancellationToken cancellation) =>
            tasks.FindAsync(launch, cancellation);
    }
}
