using Jobs.Core.Costs;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Costs;

public sealed class RunCostTests
{
    private static readonly FargatePrices Prices = FargatePrices.UsEast1;

    private static readonly Run Done = Sample.In(RunState.Succeeded) with
    {
        Policy = Sample.Policy with { Cpu = 1_024, MemoryMiB = 2_048 },
        Billed = TimeSpan.FromMinutes(10),
    };

    // 10 minutes of 1 vCPU and 2 GB: (0.04048 + 2 * 0.004445) / 6, and with ARM's (0.03238 + 2 * 0.00356) / 6.
    [Theory]
    [InlineData(Architecture.X64, false, "0.008228")]
    [InlineData(Architecture.X64, true, "0.002469")]
    [InlineData(Architecture.Arm64, false, "0.006583")]
    public void Ten_minutes_of_one_vcpu_cost_what_the_price_list_says(
        Architecture architecture, bool spot, string dollars)
    {
        var cost = Of(Done with { UsesSpot = spot, Policy = Done.Policy with { Architecture = architecture } });

        Assert.Equal(dollars, cost.Dollars.ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((TimeSpan.FromMinutes(10), spot), (cost.Billed, cost.HasSpot));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(21, 1)]
    [InlineData(200, 180)]
    public void Storage_above_the_included_20_costs(int? storage, int paid) => Assert.Equal(
        paid * 0.000111m, Prices.PerHour(
            new TaskSize(256, 512),
            Architecture.X64,
            storage,
            spot: false) - Prices.PerHour(new TaskSize(256, 512), Architecture.X64, null, spot: false));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(12.3, 60)]
    [InlineData(60, 60)]
    [InlineData(60.001, 61)]
    [InlineData(61, 61)]
    public void Seconds_are_rounded_up_and_a_task_costs_a_minute_at_least(double ran, int billed) =>
        Assert.Equal(TimeSpan.FromSeconds(billed), Of(Done with { Billed = TimeSpan.FromSeconds(ran) }).Billed);

    [Fact]
    public void Every_attempt_counts_with_its_own_size_and_the_last_one_once()
    {
        var small = Attempt(1, new TaskSize(256, 512), TimeSpan.FromMinutes(60));
        var bigger = Attempt(2, new TaskSize(256, 1_024), TimeSpan.FromMinutes(30));
        var last = Attempt(3, new TaskSize(1_024, 2_048), TimeSpan.FromMinutes(10));
        var succeeded = Of(Done, small, bigger);
        var failed = Of(Done with { State = RunState.Failed }, small, bigger, last);

        var before = Prices.PerHour(new TaskSize(256, 512), Architecture.X64, null, false) + (
            Prices.PerHour(new TaskSize(256, 1_024), Architecture.X64, null, false) / 2);
        Assert.Equal(before + Of(Done).Dollars, succeeded.Dollars);
        Assert.Equal(succeeded, failed);
        Assert.Equal(TimeSpan.FromMinutes(100), failed.Billed);
    }

    [Fact]
    public void What_never_had_a_task_costs_nothing()
    {
        var run = Sample.In(RunState.Cancelled) with { TaskArn = null };

        Assert.Equal(
            new RunCost(0, TimeSpan.Zero, "us-east-1", false), Of(run, Attempt(1, new TaskSize(256, 512), null)));
    }

    [Fact]
    public void Running_task_counts_until_now() =>
        Assert.Equal(TimeSpan.FromMinutes(10), Of(Sample.In(RunState.Running)).Billed);

    [Fact]
    public void Text_names_dollars_time_region_and_the_estimate()
    {
        Assert.Equal("about $0.0082 for 600 s of Fargate (us-east-1 prices)", Of(Done).ToString());
        Assert.Equal(
            "about $0.0025 for 600 s of Fargate (us-east-1 prices, Spot estimated)",
            Of(Done with { UsesSpot = true }).ToString());
    }

    private static RunCost Of(Run run, params Attempt[] attempts) => RunCost.Of(run, attempts, Prices, Sample.Now);

    private static Attempt Attempt(int launch, TaskSize size, TimeSpan? billed) =>
        new(
            new LaunchId(Sample.Id, launch),
            launch,
            new Verdict(VerdictClass.OutOfMemory, VerdictAction.RetryBigger, "Too big.", "Less."))
        {
            Size = size,
            Billed = billed,
        };
}
