using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Sdk;

public sealed class ScheduleDeclarationTests
{
    [Fact]
    public void Schedules_of_a_job_become_its_definition_and_survive_being_written_and_read()
    {
        var job = JobDefinitions.From(typeof(Cleanup));
        var read = JobCatalog.Parse(new JobCatalog([job]).ToJson()).Jobs[0];

        Assert.Equal(
            [
                new ScheduleTrigger("nightly", "cron(30 2 * * ? *)")
                {
                    TimeZone = "Europe/Berlin",
                    Input = """{"days": 7}""",
                    Overlap = OverlapPolicy.Queue,
                },
                new ScheduleTrigger("rate-1-hour", "rate(1 hour)") { Input = """{"days": 1}""" },
            ],
            job.Schedules.OrderBy(schedule => schedule.Name, StringComparer.Ordinal));
        Assert.Equal(job.Schedules, read.Schedules);
        Assert.Equal(["logs/"], read.Lists);
        Assert.Empty(DefinitionRules.Check("shop", job));
    }

    [Fact]
    public void Schedule_without_input_is_for_a_job_that_takes_a_ScheduledTime()
    {
        var refused = Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(typeof(NoInput)));

        Assert.Contains(
            "a schedule without Input gives the job a ScheduledTime (declared: [OnSchedule(\"rate(1 hour)\")] on a " +
            "job that takes Age)",
            refused.Message,
            StringComparison.Ordinal);
        Assert.Single(JobDefinitions.From(typeof(Clock)).Schedules);
    }

    [Theory]
    [InlineData(typeof(WrongInput), "days")]
    [InlineData(typeof(BrokenInput), "invalid")]
    [InlineData(typeof(NullInput), "It is null.")]
    public void Constant_input_that_does_not_fit_is_refused(Type job, string why)
    {
        var error = Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(job)).Error;

        Assert.Equal("the Input of schedule 'rate-1-hour' must be the job's Age", error.Rule);
        Assert.Contains(why, error.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    public sealed record Age(int Days);

    [OnSchedule("cron(30 2 * * ? *)", Name = "nightly", TimeZone = "Europe/Berlin",
        Input = """{"days": 7}""", Overlap = OverlapPolicy.Queue)]
    [OnSchedule("rate(1 hour)", Input = """{"days": 1}""")]
    [Lists("logs/")]
    private sealed class Cleanup : Idle;

    [OnSchedule("rate(1 hour)")]
    private sealed class NoInput : Idle;

    [OnSchedule("rate(1 hour)", Input = """{"weeks": 1}""")]
    private sealed class WrongInput : Idle;

    [OnSchedule("rate(1 hour)", Input = "{days: 1}")]
    private sealed class BrokenInput : Idle;

    [OnSchedule("rate(1 hour)", Input = "null")]
    private sealed class NullInput : Idle;

    [OnSchedule("rate(1 hour)")]
    private sealed class Clock : IJob<ScheduledTime, string>
    {
        public Task<string> RunAsync(ScheduledTime input, JobContext job, CancellationToken stop) =>
            Task.FromResult(input.Name);
    }

    private abstract class Idle : IJob<Age, string>
    {
        public Task<string> RunAsync(Age input, JobContext job, CancellationToken stop) => Task.FromResult("");
    }
}
